/** How the command line names what a request has: the only list of options by field. */
import { type FieldName, faultText } from '../shared/api/field-name.ts';

/** The word for each field of a body. A field of a settings file has none, because the file has that name too. */
const fieldWords: Record<FieldName, string | undefined> = {
  alerts: undefined,
  allowFrom: undefined,
  answer: undefined,
  auth: undefined,
  dedupe: undefined,
  description: '--description',
  dryRun: '--dry-run',
  expiresAt: '--expires-at',
  force: '--force',
  from: '--from',
  graceSeconds: '--grace-seconds',
  methods: undefined,
  minutes: '--minutes',
  name: 'The name',
  provider: '--provider',
  publish: '--publish',
  ratePerSecond: '--rate',
  retentionDays: undefined,
  role: '--role',
  secretFrom: undefined,
  signingSecret: undefined,
  split: undefined,
  to: '--to',
  type: '--type',
  value: 'The value',
  values: undefined,
};

/** The options that become parameters of a query. */
const parameterWords: Readonly<Record<string, string>> = {
  cursor: '--cursor',
  deliveryId: '--delivery-id',
  from: '--from',
  limit: '--limit',
  to: '--to',
  type: '--type',
};

/** What the API finds wrong with a request, with the option in place of the field. */
export const faultInOptions = (problem: Readonly<Record<string, unknown>>): string | undefined =>
  faultText(problem, fieldWords, parameterWords);
