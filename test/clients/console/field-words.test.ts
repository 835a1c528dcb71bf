/** What is wrong with a request, in the words of the console's forms. */
import { expect, test } from '@jest/globals';
import { fieldErrorOf } from '../../../clients/console/connection/sender-secret.ts';
import { faultInForms } from '../../../clients/console/shell/field-words.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import type { FieldName } from '../../../shared/operators/api/field-name.ts';

const words: Record<FieldName, string> = {
  alerts: 'The setting alerts',
  allowFrom: '“Allowed addresses”',
  answer: 'The setting answer',
  auth: 'The setting auth',
  concurrency: 'The requests at once',
  connection: 'The connection',
  dedupe: 'The setting dedupe',
  contains: 'The text',
  cursor: 'The position',
  description: 'The description',
  dryRun: 'The count',
  event: 'The event',
  eventId: 'The event',
  expiresAt: 'The expiry',
  force: 'The end of the grace',
  forwardHeaders: 'The headers of the sender that go on besides',
  from: '“From”',
  giveUpAfterHours: 'The time after which a delivery is given up',
  graceSeconds: 'The time for which the current token is accepted',
  headers: 'The headers',
  large: 'The large bodies',
  limits: 'The bounds of the search',
  managedBy: 'The manager',
  match: 'The pattern',
  method: 'The method',
  methods: '“Methods”',
  minutes: 'The time of the handshake',
  mode: 'The mode',
  name: 'The name',
  provider: 'The provider',
  body: 'The body',
  bodyBase64: 'The body',
  contentType: 'The content type',
  real: 'The real delivery',
  sample: 'The sample',
  publish: 'The publication',
  rate: 'The rate',
  ratePerSecond: '“Events per second”',
  raw: '“Exact bytes on the bus”',
  retentionDays: '“Retention in days”',
  retryOn: 'The answers after which a delivery is tried again',
  role: 'The role',
  routes: 'The routes',
  rule: 'The rule',
  rules: 'The rules',
  schedule: 'The waits between attempts',
  secretFrom: 'The setting secretFrom',
  signingSecret: 'The secret',
  split: 'The setting split',
  statuses: 'The statuses',
  timeoutSeconds: 'The time for an answer',
  to: '“To”',
  type: 'The type',
  url: 'The URL',
  value: 'The secret',
  values: 'The new values',
};

test.each(Object.entries(words))('the field %s is named %s', (path, word) => {
  const errors = [{ path, pointer: `/${path}`, message: 'must be a number' }];
  expect(faultInForms({ code: 'invalid_request', errors })).toBe(`${word} must be a number.`);
});

test('a parameter of a query is named as the field of its form', () => {
  const errors = [{ path: 'from', message: 'must be a time' }];
  expect(faultInForms({ code: 'invalid_request', errors })).toBe('“From” must be a time.');
});

test('a pasted secret is called a secret, whatever its field is', () => {
  const errors = [{ path: 'value', pointer: '/value', message: 'must be 12 to 512 printable ASCII characters' }];
  const detail = 'value in the body must be 12 to 512 printable ASCII characters.';
  expect(fieldErrorOf(new ApiError(422, { code: 'invalid_request', detail, errors }, undefined))).toBe(
    'The secret must be 12 to 512 printable ASCII characters.',
  );
});

test('a problem without a field has no such text', () => {
  expect(faultInForms({ code: 'invalid_request', detail: 'The body must be a JSON object.' })).toBeUndefined();
});
