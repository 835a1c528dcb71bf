/** The room that a record keeps for what verbs add later. `record-size.test.ts` performs the verbs on full records. */
import { describe, expect, test } from '@jest/globals';
import { type Connection, newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { Endpoint } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import { checkRecordSize, largestRecordBytes } from '../../../../shared/endpoints/endpoint/record-size.ts';
import type { AuthPolicy, Guard } from '../../../../shared/endpoints/settings/auth.ts';
import { Refusal } from '../../../../shared/ground/base/refusal.ts';
import { tokenGuard } from './given-record.ts';

const at = '2026-03-01T12:00:00.000Z';
const actor = { by: 'op_1', now: new Date(at) };
const uuid = 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6';
const who = 'oidc_'.padEnd(96, '1');
const name = `${'s'.repeat(40)}/endpoint/orders/0123456789abcdef`;

const connection = (endpoint: Endpoint | null, description = ''): Connection => ({
  ...newConnection({ name: 'orders', provider: 'generic', description }, 'c1', actor),
  endpoint,
});
const endpoint: Endpoint = { id: 'e1', status: 'active', settings: { split: true }, guard: tokenGuard, tokens: [] };

const version = { id: uuid, createdAt: at, createdBy: who, holds: 'bearer' };
const room = {
  id: 'e1',
  status: 'configured',
  settings: { split: true },
  guard: tokenGuard,
  secret: `arn:aws-us-gov:secretsmanager:ap-southeast-2:123456789012:secret:${name}-AbCdEf`,
  tokens: [version, { ...version, expiresAt: at }],
  // Sixteen digests of eleven characters, and the mark that there were more.
  bearers: [...Array(16).fill('Q1zSfo__jiI'), '*'],
  pending: { secret: name, tokenId: uuid, since: at },
  hold: { id: uuid, since: at },
  handshake: {},
  test: { digest: 'd'.repeat(64), until: at, publish: false },
};
const entry = {
  verb: 'confirmHandshake',
  step: 'abandon',
  via: 'mcp',
  by: who,
  at,
  from: 'unconfigured',
  to: 'unconfigured',
  hold: uuid,
  heldSince: at,
};
const later = { version: 1_000_000_000, updatedAt: at, updatedBy: who, routes: 'd'.repeat(64), entry };
const bytes = (value: object) => new TextEncoder().encode(JSON.stringify(value)).length;

describe('the largest record', () => {
  test('of a connection without an endpoint has a long version, author and entry', () => {
    const without = connection(null, 'Bestellungen für später');
    expect(largestRecordBytes(without)).toBe(bytes({ ...without, ...later }));
  });

  test('of an endpoint has two tokens, their digests, a pending value, a hold and a self-test', () => {
    expect(largestRecordBytes(connection(endpoint))).toBe(bytes({ ...connection(endpoint), ...later, endpoint: room }));
  });

  test('keeps the verify token, the former placements and the earlier auth', () => {
    const formerly = [{ in: 'path' as const }];
    const under: AuthPolicy = { guard: tokenGuard, auth: { kind: 'token', accept: tokenGuard.accept } };
    const token = { id: 't1', createdAt: at, createdBy: 'op_1', holds: 'bearer' } as const;
    const full = { ...endpoint, formerly, tokens: [token, { ...token, under }], handshake: { verifyToken: 'vt' } };
    const kept = {
      formerly,
      tokens: [version, { ...version, expiresAt: at, under }],
      handshake: { verifyToken: 'vt' },
    };
    expect(largestRecordBytes(connection(full))).toBe(
      bytes({ ...connection(full), ...later, endpoint: { ...room, ...kept } }),
    );
  });

  test('has room for a window and a delivered secret if the sender delivers it', () => {
    const guard: Guard = { ...tokenGuard, secretFrom: 'handshake' };
    const handshake = {
      window: { id: uuid, until: at },
      delivered: { tokenId: uuid, at, sourceIp: '2001:0db8:0000:0000:0000:ffff:192.168.100.200' },
    };
    const kept = { guard, handshake, pending: { ...room.pending, windowId: uuid } };
    expect(largestRecordBytes(connection({ ...endpoint, guard }))).toBe(
      bytes({ ...connection({ ...endpoint, guard }), ...later, endpoint: { ...room, ...kept } }),
    );
  });
});

describe('a change of settings', () => {
  /** A connection whose largest record has this size. */
  const ofSize = (size: number) => {
    const spare = size - largestRecordBytes(connection(endpoint));
    return connection(endpoint, 'd'.repeat(spare));
  };

  test.each([
    ['that needs 3,900 bytes is accepted', 2_500, 3_900],
    ['that does not enlarge a record of an older release is accepted', 3_950, 3_950],
    ['that shortens a record of an older release is accepted', 3_999, 3_950],
  ])('%s', (_, before, next) => {
    expect(largestRecordBytes(ofSize(next))).toBe(next);
    expect(() => checkRecordSize(ofSize(before), ofSize(next))).not.toThrow();
  });

  test.each([
    ['that needs 3,901 bytes is refused', 2_500, 3_901],
    ['that enlarges a record of an older release is refused', 3_950, 3_951],
  ])('%s', (_, before, next) => {
    const check = () => checkRecordSize(ofSize(before), ofSize(next));
    expect(check).toThrow(Refusal);
    expect(check).toThrow(expect.objectContaining({ code: 'record_too_large' }));
    expect(check).toThrow(`can grow to ${next} bytes`);
  });
});
