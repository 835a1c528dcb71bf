import { expect, test } from '@jest/globals';
import type { Connection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import { rejectionReasons } from '../../../../shared/events/arrival/rejection.ts';
import { rejectionAdvice } from '../../../../shared/events/arrival/rejection-advice.ts';
import { said } from '../../../../shared/ground/base/advice.ts';
import { tokenGuard } from '../../endpoints/endpoint/given-record.ts';

const at = '2026-03-01T12:00:00.000Z';
const unconfigured: Connection = {
  id: 'con_1',
  name: 'orders',
  provider: 'stripe',
  description: '',
  version: 1,
  createdAt: at,
  updatedAt: at,
  updatedBy: 'op_1',
  endpoint: null,
  entry: { verb: 'create', by: 'op_1', at, from: 'unconfigured', to: 'unconfigured' },
};

const aConnection = (provider: string, settings: NamedSettings = {}): Connection => ({
  ...unconfigured,
  provider,
  endpoint: { id: '0123456789abcdefghijkl', status: 'active', settings, guard: tokenGuard, tokens: [] },
});

test.each<[string, Connection, RegExp]>([
  ['a sender that shows its secret', aConnection('stripe'), / that Stripe shows .* \{"value": "…"\}\.$/],
  ['a connection without an endpoint', unconfigured, / that Stripe shows/],
  ['an endpoint with a token too', aConnection('stripe', { auth: { kind: 'both' } }), /\{"signingSecret": "…"\}\.$/],
  ['a sender that delivers its secret', aConnection('asana'), / opens the window\./],
  [
    'a sender that shows its secret by the settings',
    aConnection('github', { secretFrom: 'sender' }),
    / Copy the secret /,
  ],
  ['a secret that Hooklatch makes', aConnection('github'), / Generate a token/],
])('the advice about a missing secret of %s says where it comes from', (_, connection, advice) => {
  expect(said(rejectionAdvice('secret_missing', connection))).toMatch(advice);
});

test('the advice about any other reason does not depend on the sender', () => {
  expect(said(rejectionAdvice('timestamp_in_future', aConnection('stripe')))).toBe(
    "The request was signed in the future. The sender's clock is wrong.",
  );
  expect(new Set(rejectionReasons.map((code) => said({ code }))).size).toBe(31);
});
