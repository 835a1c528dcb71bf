/** How the console names what a request has: the only list of words by field. */
import type { Said } from '../../../shared/operators/api/answer-text.ts';
import { type FieldName, faultText } from '../../../shared/operators/api/field-name.ts';
import { text } from '../text.ts';

/** The word for each field of a body. A setting without a field of its own is in “Other settings as JSON”, by its name. */
const fieldWords: Record<FieldName, string> = {
  alerts: 'The setting alerts',
  allowFrom: `“${text.configure.allowFrom}”`,
  answer: 'The setting answer',
  body: 'The body',
  bodyBase64: 'The body',
  auth: 'The setting auth',
  concurrency: 'The requests at once',
  connection: 'The connection',
  dedupe: 'The setting dedupe',
  contentType: 'The content type',
  contains: 'The text',
  cursor: 'The position',
  description: 'The description',
  dryRun: 'The count',
  event: 'The event',
  eventId: 'The event',
  expiresAt: 'The expiry',
  force: 'The end of the grace',
  forwardHeaders: 'The headers of the sender that go on besides',
  from: `“${text.replays.from}”`,
  giveUpAfterHours: 'The time after which a delivery is given up',
  graceSeconds: 'The time for which the current token is accepted',
  headers: 'The headers',
  large: 'The large bodies',
  limits: 'The bounds of the search',
  managedBy: 'The manager',
  match: 'The pattern',
  method: 'The method',
  methods: `“${text.configure.methods}”`,
  minutes: 'The time of the handshake',
  mode: 'The mode',
  name: 'The name',
  provider: 'The provider',
  publish: 'The publication',
  rate: 'The rate',
  ratePerSecond: `“${text.replays.rate}”`,
  raw: `“${text.configure.raw}”`,
  real: 'The real delivery',
  retentionDays: `“${text.configure.retentionDays}”`,
  retryOn: 'The answers after which a delivery is tried again',
  role: 'The role',
  routes: 'The routes',
  rule: 'The rule',
  rules: 'The rules',
  sample: 'The sample',
  schedule: 'The waits between attempts',
  secretFrom: 'The setting secretFrom',
  signingSecret: 'The secret',
  split: 'The setting split',
  statuses: 'The statuses',
  timeoutSeconds: 'The time for an answer',
  to: `“${text.replays.to}”`,
  type: 'The type',
  url: 'The URL',
  value: 'The secret',
  values: 'The new values',
};

/** The name of a setting inside a sentence. One of a later version has its own name. */
export const settingWord = (name: string): string =>
  Object.hasOwn(fieldWords, name) ? fieldWords[name as FieldName].replace(/^The /, 'the ') : name;

/** The label of each setting that has a field of its own, by its path. */
const settingLabels = new Map<string, string>([
  ['auth.accept', text.configure.accept],
  ['allowFrom', text.configure.allowFrom],
  ['retentionDays', text.configure.retentionDays],
  ['methods', text.configure.methods],
  ['raw', text.configure.raw],
]);

/** Where a setting is in the form: at its label, or by its name among the other settings. @param path such as `auth.scheme` */
export function settingPlace(path: string): string {
  const label = settingLabels.get(path);
  if (label !== undefined) return `“${label}”`;
  const inJson = `${path} in “${text.configure.json}”`;
  // It is changed there, but a person looks at it in the settings in force.
  return path === 'auth.scheme' ? `“${text.endpoint.settingLabels.scheme}” (${inJson})` : inJson;
}

const parameterWords = { from: fieldWords.from, to: fieldWords.to, type: fieldWords.type };

/** What the API finds wrong with a request, in the words of the forms. */
export const faultInForms = (problem: Readonly<Record<string, unknown>>, said?: Said): string | undefined =>
  faultText(problem, fieldWords, parameterWords, said);
