/** What is wrong with a request, in the options of the command line. */
import { expect, test } from '@jest/globals';
import { errorText } from '../../../clients/cli/error-text.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import type { FieldName } from '../../../shared/operators/api/field-name.ts';

const shown = (...errors: unknown[]): string =>
  errorText(new ApiError(422, { code: 'invalid_request', detail: 'Its text.', errors }, undefined));

const words: Record<FieldName, string> = {
  alerts: 'alerts',
  allowFrom: 'allowFrom',
  answer: 'answer',
  auth: 'auth',
  dedupe: 'dedupe',
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
  methods: 'methods',
  minutes: '--minutes',
  mode: 'mode',
  name: 'The name',
  provider: '--provider',
  publish: '--publish',
  rate: '--rate',
  ratePerSecond: '--rate',
  raw: 'raw',
  retentionDays: 'retentionDays',
  real: '--real',
  retryOn: '--retry-on',
  role: '--role',
  routes: 'The routes',
  rule: '--rule',
  rules: 'rules',
  sample: 'The sample',
  schedule: '--schedule',
  secretFrom: 'secretFrom',
  signingSecret: 'signingSecret',
  split: 'split',
  statuses: '--status',
  timeoutSeconds: '--timeout-seconds',
  to: '--to',
  type: '--type',
  url: '--url',
  value: 'The value',
  values: 'values',
};

test.each(Object.entries(words))('the field %s is named %s', (path, word) => {
  expect(shown({ path, pointer: `/${path}`, message: 'must be a number' })).toBe(
    `${word} must be a number. (invalid_request)`,
  );
});

test.each([
  ['cursor', '--cursor'],
  ['deliveryId', '--delivery-id'],
  ['from', '--from'],
  ['limit', '--limit'],
  ['to', '--to'],
  ['type', '--type'],
])('the parameter %s is named %s', (path, word) => {
  expect(shown({ path, message: 'must be a time' })).toBe(`${word} must be a time. (invalid_request)`);
});

test.each([
  [{ path: 'dedupe.name', pointer: '/dedupe/name', message: 'must be a text' }, 'dedupe.name must be a text.'],
  [
    { path: 'name', pointer: '/name', message: 'is taken; did you mean shop?' },
    'The name is taken; did you mean shop?',
  ],
  [
    { path: 'provider', pointer: '/provider', message: 'Its text', facts: [{ code: 'unknown_provider' }] },
    '--provider is an unknown provider id; hooklatch providers list shows them, or use generic.',
  ],
  [
    {
      ...{ path: 'provider', pointer: '/provider', message: 'Its text' },
      facts: [{ code: 'mistyped_provider', nearest: 'github' }],
    },
    '--provider is an unknown provider id; did you mean "github"? hooklatch providers list shows them, or use generic.',
  ],
  [{ path: 'name', pointer: '/name', message: 'is odd', facts: [{ code: 'of_a_later_version' }] }, 'The name is odd.'],
  [{ path: 'toString', pointer: '/toString', message: 'is unknown' }, 'toString is unknown.'],
  [{ path: '', message: 'has no field' }, 'Its text.'],
  [{ path: 'name', pointer: 7, message: 'is wrong' }, 'Its text.'],
  [{ path: 'name' }, 'Its text.'],
  [{ message: 'is wrong' }, 'Its text.'],
  [null, 'Its text.'],
  ['name', 'Its text.'],
])('%j is said as %s', (fault, expected) => {
  expect(shown(fault)).toBe(`${expected} (invalid_request)`);
});

test.each([
  ['replay_guard', 'retentionDays', '/retentionDays', 'retentionDays must be right.'],
  ['delivery_id_not_signed', 'dedupe', '/dedupe', 'dedupe must be right.'],
  ['invalid_scheme', 'auth.scheme', '/auth/scheme', 'auth.scheme cannot be used: must be right.'],
  ['rate_too_high', 'ratePerSecond', '/ratePerSecond', '--rate must be right.'],
  ['expiry_too_late', 'expiresAt', '/expiresAt', '--expires-at must be right.'],
  ['range_empty', 'from', '/from', '--from must be right.'],
  ['range_in_future', 'to', '/to', '--to must be right.'],
])('%s names its field too', (code, path, pointer, expected) => {
  const errors = [{ path, pointer, message: 'must be right' }];
  expect(errorText(new ApiError(422, { code, detail: 'Its text.', errors }, undefined))).toBe(`${expected} (${code})`);
});

test('every fault of a problem is said', () => {
  const errors = ['dedupe', 'name'].map((path) => ({ path, pointer: `/${path}`, message: 'is odd' }));
  expect(shown(...errors)).toBe('dedupe is odd. The name is odd. (invalid_request)');
});
