/** How the command line names what a request has: the only list of options by field. */
import type { Said } from '../../shared/operators/api/answer-text.ts';
import { type EndpointSettingName, type FieldName, faultText } from '../../shared/operators/api/field-name.ts';

/** The word for each field of a body. A field of a settings file has the name that the file has too. */
const fieldWords: Record<Exclude<FieldName, EndpointSettingName> | 'type', string> = {
  body: '--file',
  bodyBase64: '--file',
  concurrency: '--concurrency',
  connection: '--connection',
  contentType: '--content-type',
  contains: '--contains',
  cursor: '--cursor',
  description: '--description',
  dryRun: '--dry-run',
  event: 'The event',
  eventId: '--event',
  expiresAt: '--expires-at',
  force: '--force',
  forwardHeaders: '--forward-headers',
  from: '--from',
  giveUpAfterHours: '--give-up-after-hours',
  graceSeconds: '--grace-seconds',
  headers: 'headers',
  large: '--large',
  limits: '--examine',
  managedBy: 'The manager',
  match: '--match',
  method: '--method',
  minutes: '--minutes',
  mode: 'mode',
  name: 'The name',
  provider: '--provider',
  publish: '--publish',
  rate: '--rate',
  ratePerSecond: '--rate',
  real: '--real',
  retryOn: '--retry-on',
  role: '--role',
  routes: 'The routes',
  rule: '--rule',
  rules: 'rules',
  sample: 'The sample',
  schedule: '--schedule',
  signingSecret: 'signingSecret',
  statuses: '--status',
  timeoutSeconds: '--timeout-seconds',
  to: '--to',
  type: '--type',
  url: '--url',
  value: 'The value',
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
export const faultInOptions = (problem: Readonly<Record<string, unknown>>, said?: Said): string | undefined =>
  faultText(problem, fieldWords, parameterWords, said);
