/** The record of a connection: how it is read, its URL, and what its changes depend on. */
import { describe, expect, test } from '@jest/globals';
import { basisOf } from '../../../../shared/endpoints/endpoint/command.ts';
import {
  type Connection,
  connectionSchema,
  newConnection,
  nextVersion,
  urlOf,
} from '../../../../shared/endpoints/endpoint/connection.ts';
import { type Endpoint, hasGrace, placementsOf } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import { tokenGuard } from './given-record.ts';

const at = '2026-03-01T12:00:00.000Z';
const later = '2026-03-01T13:00:00.000Z';
const actor = { by: 'op_1', now: new Date(at) };
const version = { createdAt: at, createdBy: 'op_1', holds: 'bearer' } as const;
const bare: Endpoint = { id: 'e1', status: 'active', settings: {}, guard: tokenGuard, tokens: [] };

const record = (endpoint: object | null): Connection =>
  ({ ...newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', actor), endpoint }) as Connection;

/** A record with every field that an endpoint can have. */
const full = record({
  ...bare,
  settings: { retentionDays: 7, auth: { kind: 'token' } },
  formerly: [{ in: 'path' }],
  secret: 'arn',
  tokens: [
    { id: 'v3', ...version, holds: 'both' },
    {
      id: 'v2',
      ...version,
      holds: 'secret',
      expiresAt: later,
      under: { guard: tokenGuard, auth: { kind: 'token', accept: [{ in: 'path' }] } },
    },
    { id: 'v1', ...version, holds: 'bearer', expiresAt: later },
  ],
  bearers: ['Q1zSfo__jiI', '*'],
  pending: { secret: 'name', tokenId: 'v4', since: at, windowId: 'w1' },
  hold: { id: 'h1', since: at },
  handshake: {
    verifyToken: 'vt',
    window: { id: 'w1', until: later },
    delivered: { tokenId: 'v5', at, sourceIp: '192.0.2.1' },
  },
  test: { digest: 'd1', until: later, publish: true },
});

describe('a stored record', () => {
  test('is read with all its fields', () => {
    expect(connectionSchema.parse(full)).toEqual(full);
    expect(connectionSchema.parse(record(null))).toEqual(record(null));
  });

  test.each(['configured', 'active', 'inactive'])('may have an endpoint that is %s', (status) => {
    expect(connectionSchema.parse(record({ ...bare, status })).endpoint?.status).toBe(status);
  });

  test.each(['begin', 'abandon', 'deliver'])('may have an entry of the step %s', (step) => {
    const entry = { verb: 'rotateToken', step, by: 'op_1', at, from: 'active', to: 'active' };
    expect(connectionSchema.parse({ ...full, entry }).entry).toEqual(entry);
  });

  test.each<[string, object]>([
    ['status', { status: 'unconfigured' }],
    ['use of a version', { tokens: [{ id: 'v1', ...version, holds: 'nothing' }] }],
    ['pending value', { pending: { secret: 'name', tokenId: 'v4' } }],
    ['hold', { hold: { id: 'h1' } }],
    ['window', { handshake: { window: { id: 'w1' } } }],
    ['delivered secret', { handshake: { delivered: { tokenId: 'v5', at } } }],
    ['verify token', { handshake: { verifyToken: 7 } }],
  ])('is not read with a wrong %s', (_, change) => {
    expect(connectionSchema.safeParse(record(bare)).success).toBe(true);
    expect(connectionSchema.safeParse(record({ ...bare, ...change })).success).toBe(false);
  });

  test('is not read with a wrong step', () => {
    expect(connectionSchema.safeParse({ ...full, entry: { ...full.entry, step: 'finish' } }).success).toBe(false);
  });
});

test('the next version of a record has the number, the time and the author of its change', () => {
  const entry = { verb: 'edit', by: 'op_2', at: later, from: 'unconfigured', to: 'unconfigured' } as const;
  expect(nextVersion(record(null), { description: 'Shop' }, entry)).toEqual({
    id: 'c1',
    name: 'orders',
    provider: 'generic',
    description: 'Shop',
    endpoint: null,
    version: 2,
    createdAt: at,
    updatedAt: later,
    updatedBy: 'op_2',
    entry,
  });
});

test('the places of tokens are those of the guard, of an earlier auth in its grace, and the former ones', () => {
  const [query, path, basic] = [
    { in: 'query', name: 'token' },
    { in: 'path' },
    { in: 'basic', username: 'u' },
  ] as const;
  const under = { guard: { ...tokenGuard, accept: [path] }, auth: { kind: 'token', accept: [path] } } as const;
  const tokens = [
    { id: 'v2', ...version },
    { id: 'v1', ...version, expiresAt: later, under },
  ];
  expect(placementsOf({ ...bare, tokens, formerly: [basic] })).toEqual([query, path, basic]);
});

test.each<[string, Endpoint | null, string | null]>([
  ['is null without an endpoint', null, null],
  ['is null before the first activation', { ...bare, status: 'configured' }, null],
  ['has the name and the endpoint id', bare, 'https://h.example/hooks/orders/e1'],
  ['stays while the endpoint is inactive', { ...bare, status: 'inactive' }, 'https://h.example/hooks/orders/e1'],
])('the URL %s', (_, endpoint, url) => {
  expect(urlOf(record(endpoint), 'https://h.example')).toBe(url);
});

test.each<[Endpoint | null, string]>([
  [null, '[null,null,[]]'],
  [bare, '["e1",null,[]]'],
  [
    {
      ...bare,
      settings: { auth: { kind: 'token' }, split: true },
      tokens: [
        { id: 'v2', ...version },
        { id: 'v1', ...version },
      ],
    },
    '["e1",{"kind":"token"},["v2","v1"]]',
  ],
])('the basis of a change has the id, auth and token ids: %j', (endpoint, basis) => {
  expect(basisOf(endpoint)).toBe(basis);
});

test.each<[string, Endpoint | null, boolean]>([
  ['without an endpoint', null, false],
  ['without a token', bare, false],
  ['with one token', { ...bare, tokens: [{ id: 'v1', ...version, expiresAt: later }] }, false],
  [
    'with a previous token',
    {
      ...bare,
      tokens: [
        { id: 'v2', ...version },
        { id: 'v1', ...version, expiresAt: later },
      ],
    },
    true,
  ],
  [
    'with an ended one',
    {
      ...bare,
      tokens: [
        { id: 'v2', ...version },
        { id: 'v1', ...version, expiresAt: at },
      ],
    },
    false,
  ],
])('a grace is running %s: %s', (_, endpoint, expected) => {
  expect(hasGrace(endpoint, new Date(at))).toBe(expected);
});
