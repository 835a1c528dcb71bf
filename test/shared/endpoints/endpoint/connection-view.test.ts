import { expect, test } from '@jest/globals';
import type { Connection } from '../../../../shared/endpoints/endpoint/connection.ts';
import { connectionViewOf } from '../../../../shared/endpoints/endpoint/connection-view.ts';
import type { Endpoint } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import type { HistoryEntry } from '../../../../shared/endpoints/endpoint/history-entry.ts';
import { tokenGuard } from './given-record.ts';

const now = new Date('2026-03-01T12:00:00Z');

/** The note of a connection with this status after this history entry. */
function noteAfter(
  status: 'configured' | 'active' | 'inactive',
  entry: Pick<HistoryEntry, 'verb' | 'from' | 'step'>,
  more: Partial<Endpoint> = {},
) {
  const at = now.toISOString();
  const connection: Connection = {
    id: 'c1',
    name: 'orders',
    provider: 'generic',
    description: '',
    version: 7,
    createdAt: at,
    updatedAt: at,
    updatedBy: 'bootstrap',
    endpoint: { id: '0123456789abcdefghijkl', status, settings: {}, guard: tokenGuard, tokens: [], ...more },
    entry: { by: 'bootstrap', at, to: status, ...entry },
  };
  return connectionViewOf(connection, 'connection_admin', 'https://h.example', now).note;
}

test('the note after the removal of the token of an active endpoint says that the endpoint is now inactive', () => {
  expect(noteAfter('inactive', { verb: 'removeToken', from: 'active' })).toBe(
    'Without a token the endpoint is now inactive and rejects every webhook. Generate or adopt a token, then activate the endpoint. Its URL stays the same.',
  );
});

test('the note after a new token of an inactive endpoint says that the endpoint is still inactive', () => {
  expect(noteAfter('inactive', { verb: 'generateToken', from: 'inactive' })).toBe(
    'The endpoint stays inactive and rejects every webhook until you activate it.',
  );
});

test('the note after a token before the first activation says how to get the URL', () => {
  expect(noteAfter('configured', { verb: 'generateToken', from: 'configured' })).toBe(
    'The endpoint has no URL yet. Activate it to get the URL.',
  );
});

test.each([
  ['sender', 'Every delivery is refused until you adopt the secret that the sender makes: POST …/endpoint/token.'],
  [
    'handshake',
    'Every delivery is refused until the sender delivers its secret. Open the handshake (POST …/endpoint/handshake), then start it at the sender.',
  ],
  ['nobody', undefined],
] as const)(
  'the note after an activation without a secret says how to get the secret, if one is needed: secretFrom %s',
  (maker, note) => {
    const activated = { verb: 'activate', from: 'configured' } as const;
    const guard = { ...tokenGuard, secretFrom: maker };
    expect(noteAfter('active', activated, { guard })).toBe(note);
    const token = { id: 't1', createdAt: now.toISOString(), createdBy: 'bootstrap', holds: 'bearer' } as const;
    expect(noteAfter('active', activated, { guard, tokens: [token] })).toBeUndefined();
    expect(noteAfter('active', { verb: 'hold', from: 'active' }, { guard })).toBeUndefined();
  },
);

test.each<['configured' | 'active' | 'inactive', Pick<HistoryEntry, 'verb' | 'from' | 'step'>]>([
  ['inactive', { verb: 'removeToken', from: 'inactive' }],
  ['configured', { verb: 'removeToken', from: 'configured' }],
  ['active', { verb: 'generateToken', from: 'active' }],
  ['inactive', { verb: 'generateToken', from: 'inactive', step: 'begin' }],
  ['inactive', { verb: 'deactivate', from: 'active' }],
  ['configured', { verb: 'configure', from: 'unconfigured' }],
])('an endpoint with the status %s has no note after %j', (status, entry) => {
  expect(noteAfter(status, entry)).toBeUndefined();
});

test.each([
  ['2026-03-01T12:00:00.001Z', '2026-03-01T12:00:00.001Z'],
  ['2026-03-01T12:00:00.000Z', undefined],
  ['2026-03-01T11:00:00.000Z', undefined],
])('a handshake window that ends at %s is shown as open until %s', (until, openUntil) => {
  const at = now.toISOString();
  const connection: Connection = {
    id: 'c1',
    name: 'orders',
    provider: 'notion',
    description: '',
    version: 7,
    createdAt: at,
    updatedAt: at,
    updatedBy: 'bootstrap',
    endpoint: {
      id: '0123456789abcdefghijkl',
      status: 'active',
      settings: {},
      guard: tokenGuard,
      tokens: [],
      handshake: { verifyToken: 'vt', window: { id: 'w1', until } },
    },
    entry: { by: 'bootstrap', at, verb: 'openHandshake', from: 'active', to: 'active' },
  };
  const { endpoint } = connectionViewOf(connection, 'connection_admin', 'https://h.example', now);
  expect(endpoint?.handshake).toEqual({ verifyToken: 'vt', ...(openUntil && { openUntil }) });
  const forDesigner = connectionViewOf(connection, 'flow_designer', 'https://h.example', now);
  expect(forDesigner.endpoint?.handshake).toEqual(openUntil && { openUntil });
});
