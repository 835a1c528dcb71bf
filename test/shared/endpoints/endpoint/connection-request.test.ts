import { describe, expect, test } from '@jest/globals';
import { connectionNameForm } from '../../../../shared/endpoints/endpoint/connection-name.ts';
import {
  connectionChangeSchema,
  newConnectionSchema,
} from '../../../../shared/endpoints/endpoint/connection-request.ts';

/** What is wrong with a request: the paths, and the messages. */
const faultsOf = (schema: typeof newConnectionSchema | typeof connectionChangeSchema, request: object) =>
  schema.safeParse(request).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);

describe('the name of a connection', () => {
  const wrong = 'name must be 2 to 48 characters: a letter, then letters, digits and dashes, all lower case';

  test.each(['ab', 'a-', 'a1', 'orders-2026', `o${'r'.repeat(47)}`])('may be %s', (name) => {
    expect(newConnectionSchema.parse({ name })).toEqual({ name, provider: 'generic', description: '' });
    expect(name).toMatch(connectionNameForm);
  });

  test.each(['', 'a', `o${'r'.repeat(48)}`, '1a', '-a', 'Orders', 'or_ders', 'or ders', 'orders\n', ' orders'])(
    'is not %j',
    (name) => {
      expect(faultsOf(newConnectionSchema, { name })).toEqual([wrong]);
      expect(name).not.toMatch(connectionNameForm);
    },
  );
});

test('a new connection has a provider and a description', () => {
  const request = { name: 'orders', provider: 'stripe', description: 'd'.repeat(256) };
  expect(newConnectionSchema.parse(request)).toEqual(request);
});

test('a change may name both, one or nothing', () => {
  for (const change of [{}, { provider: 'github' }, { description: '' }, { provider: 'x', description: 'X' }])
    expect(connectionChangeSchema.parse(change)).toEqual(change);
  expect(connectionChangeSchema.parse({ provider: 'WhatsApp' })).toEqual({ provider: 'meta' });
});

test.each([
  [{ description: 'd'.repeat(257) }, [expect.stringMatching(/^description /)]],
  [
    { provider: 'gitub' },
    ['provider is an unknown provider id; did you mean "github"? GET /v1/providers lists them, or use generic'],
  ],
  [
    { provider: 'a sender of parcels' },
    ['provider is an unknown provider id; GET /v1/providers lists them, or use generic'],
  ],
  [{ colour: 'red' }, [expect.stringMatching(/^ /)]],
])('the request %j says what is wrong', (request, faults) => {
  expect(faultsOf(connectionChangeSchema, request)).toEqual(faults);
  expect(faultsOf(newConnectionSchema, { name: 'orders', ...request })).toEqual(faults);
});
