/** The whole answer with a connection, through the schema that every answer passes. */
import { expect, test } from '@jest/globals';
import type { Connection } from '../../../../shared/endpoints/endpoint/connection.ts';
import { connectionViewOf, connectionViewSchema } from '../../../../shared/endpoints/endpoint/connection-view.ts';
import type { Endpoint } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import { tokenGuard } from './given-record.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const earlier = '2026-03-01T11:00:00.000Z';
const later = '2026-03-01T13:00:00.000Z';

const connection: Connection = {
  id: 'c1',
  name: 'orders',
  provider: 'generic',
  description: 'Orders',
  version: 7,
  createdAt: earlier,
  updatedAt: earlier,
  updatedBy: 'op_1',
  endpoint: null,
  entry: { verb: 'edit', by: 'op_1', at: earlier, from: 'unconfigured', to: 'unconfigured' },
};

const endpointWith = (more: Partial<Endpoint>): Endpoint => ({
  id: '0123456789abcdefghijkl',
  status: 'active',
  settings: {},
  guard: tokenGuard,
  secret: 'arn',
  tokens: [],
  ...more,
});

/** The answer to an admin. */
const answerWith = (endpoint: Endpoint | null) =>
  connectionViewSchema.parse(
    connectionViewOf({ ...connection, endpoint }, 'connection_admin', 'https://h.example', now),
  );

test('a connection without an endpoint', () => {
  expect(answerWith(null)).toEqual({
    id: 'c1',
    name: 'orders',
    provider: 'generic',
    description: 'Orders',
    version: 7,
    createdAt: earlier,
    updatedAt: earlier,
    updatedBy: 'op_1',
    status: 'unconfigured',
    allowedActions: ['edit', 'delete', 'configure'],
    endpoint: null,
  });
});

test('an active endpoint with everything that an operator can see, and no secret', () => {
  const auth = { kind: 'signature', scheme: 'github' } as const;
  const token = { createdAt: earlier, createdBy: 'op_1' };
  const { status, allowedActions, endpoint } = answerWith(
    endpointWith({
      settings: { retentionDays: 7 },
      tokens: [
        { id: 'v2', ...token, holds: 'bearer' },
        { id: 'v1', ...token, holds: 'secret', expiresAt: later, under: { guard: tokenGuard, auth } },
      ],
      hold: { id: 'h1', since: earlier },
      handshake: {
        verifyToken: 'vt',
        window: { id: 'w1', until: later },
        delivered: { tokenId: 'v3', at: earlier, sourceIp: '192.0.2.1' },
      },
    }),
  );
  expect(status).toBe('active');
  expect(allowedActions.slice(0, 2)).toEqual(['edit', 'configure']);
  expect(endpoint).toEqual({
    id: '0123456789abcdefghijkl',
    status: 'active',
    held: true,
    heldSince: earlier,
    url: 'https://h.example/hooks/orders/0123456789abcdefghijkl',
    auth: {
      kind: 'token',
      accept: [
        { in: 'header', name: 'authorization', scheme: 'Bearer' },
        { in: 'query', name: 'token' },
      ],
    },
    answer: null,
    dedupe: { by: 'none' },
    allowFrom: null,
    methods: ['POST', 'PUT', 'PATCH'],
    retentionDays: 7,
    secretFrom: 'operator',
    alerts: null,
    split: false,
    raw: false,
    type: null,
    tokens: [
      { id: 'v2', ...token },
      { id: 'v1', ...token, expiresAt: later, kind: 'signature' },
    ],
    handshake: { verifyToken: 'vt', openUntil: later, delivered: { at: earlier, sourceIp: '192.0.2.1' } },
    // The actions of the connection itself, edit and delete, are not actions of its endpoint.
    allowedActions: [
      ...['configure', 'revealToken', 'rotateToken', 'changeAuth', 'endGrace', 'removeToken', 'deactivate'],
      ...['release', 'confirmHandshake', 'closeHandshake', 'test'],
    ],
  });
});

test('an endpoint shows only what it has: no hold, no handshake, no token whose grace has ended', () => {
  const { endpoint } = answerWith(
    endpointWith({
      tokens: [
        { id: 'v2', createdAt: earlier, createdBy: 'op_1', holds: 'bearer' },
        { id: 'v1', createdAt: earlier, createdBy: 'op_1', holds: 'bearer', expiresAt: now.toISOString() },
      ],
      handshake: { window: { id: 'w1', until: earlier } },
    }),
  );
  expect(endpoint?.held).toBe(false);
  expect(endpoint?.tokens.map(({ id }) => id)).toEqual(['v2']);
  const names = Object.keys(endpoint ?? {});
  expect(names).toContain('tokens');
  expect(names).not.toContain('heldSince');
  expect(names).not.toContain('handshake');
});
