import { describe, expect, test } from '@jest/globals';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { secretNameOf } from '../../../../shared/endpoints/credential/secret-name.ts';
import type { Command } from '../../../../shared/endpoints/endpoint/command.ts';
import { type Connection, newConnection, nextVersion } from '../../../../shared/endpoints/endpoint/connection.ts';
import { verbs } from '../../../../shared/endpoints/endpoint/lifecycle.ts';
import { transition } from '../../../../shared/endpoints/endpoint/transition.ts';
import {
  connectionChangeOf,
  historyLineOf,
  releaseOf,
  secretsNamedBy,
  secretsToDelete,
  secretsToKeep,
} from '../../../../shared/operators/journal/history.ts';
import { lifecycleNoticeOf } from '../../../../shared/operators/journal/lifecycle-notice.ts';
import { count } from '../../../support/full-counts.ts';

const actor = { by: 'op_1', now: new Date('2026-01-31T12:00:00.000Z') };
const opened = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'con_1', actor);

// An endpoint that verifies only a certificate needs no token, so every verb can be reached.
const guardOf = () => ({ kind: 'signature', accept: [], secretFrom: 'nobody', handshakes: [] }) as const;

/** The name of a secret and the ARN that Secrets Manager gives it. */
const nameOf = (n: number) => `hooklatch/dev/endpoint/orders/${String(n).padStart(16, '0')}`;
const arnOf = (name: string) => `arn:aws:secretsmanager:eu-central-1:111111111111:secret:${name}-AbC123`;

const authOf = () => ({ kind: 'token', accept: [] }) as const;

interface Begin {
  verb: 'generateToken' | 'rotateToken' | 'changeAuth';
  n: number;
  secret: string;
}

/** The records of a connection that goes through these steps. A step `finish` may belong to any earlier step `begin`. */
function recordsOf(steps: readonly { verb: string; pick: number }[]): Connection[] {
  const records = [opened];
  const begins: Begin[] = [];
  for (const [n, { verb, pick }] of steps.entries()) {
    const last = records.at(-1) ?? opened;
    const secret = last.endpoint?.secret === undefined ? nameOf(n) : '';
    const command = commandOf(verb, n, begins, pick, secret);
    if (!command) continue;
    const outcome = transition(last.endpoint, command, actor);
    if (outcome.kind === 'changed') records.push(nextVersion(last, { endpoint: outcome.endpoint }, outcome.entry));
  }
  return records;
}

/** @param secret the name of the new secret, or empty if the endpoint already has one */
function commandOf(verb: string, n: number, begins: Begin[], pick: number, secret: string): Command | undefined {
  const pendingOf = (secret: string) => ({ secret, tokenId: `token-${n}`, since: actor.now.toISOString() });
  if (verb === 'configure') return { verb, endpointId: 'A'.repeat(22), settings: { retentionDays: 7 }, guardOf };
  if (verb === 'generateToken' || verb === 'rotateToken' || verb === 'changeAuth') {
    begins.push({ verb, n, secret });
    return verb === 'generateToken'
      ? { verb, step: 'begin', pending: pendingOf(nameOf(n)) }
      : { verb, step: 'begin', pending: pendingOf(secret), force: true };
  }
  if (verb !== 'finish' && verb !== 'abandon') return { verb: verb as 'activate' };
  const begun = begins[pick % Math.max(begins.length, 1)];
  if (!begun) return undefined;
  const tokenId = `token-${begun.n}`;
  if (verb === 'abandon') return { verb: 'generateToken', step: 'abandon', tokenId };
  const renewal = { step: 'finish', tokenId, holds: 'bearer', graceSeconds: 60, force: true } as const;
  if (begun.verb === 'rotateToken') return { verb: 'rotateToken', ...renewal };
  if (begun.verb === 'generateToken')
    return { verb: 'generateToken', step: 'finish', tokenId, holds: 'bearer', secret: arnOf(nameOf(begun.n)) };
  const standIn = begun.secret && { standIn: { secret: arnOf(begun.secret), tokenId: `before-${tokenId}` } };
  return { verb: 'changeAuth', ...renewal, settings: { auth: { kind: 'token' } }, guardOf, authOf, ...standIn };
}

const step = fc.record({
  verb: fc.constantFrom(
    ...['configure', 'generateToken', 'finish', 'finish', 'rotateToken', 'changeAuth', 'endGrace', 'removeToken'],
    ...['activate', 'deactivate', 'deconfigure', 'abandon'],
  ),
  pick: fc.nat(50),
});

test('a secret is dropped if and only if no later record names it', () => {
  let named = 0;
  fc.assert(
    fc.property(fc.array(step, { size: 'max', maxLength: 60 }), (steps) => {
      const records = recordsOf(steps);
      const dropped = new Set<string>();
      for (const [at, after] of records.entries()) {
        const change = { before: records[at - 1], after, requestId: '' };
        expect(secretsToKeep(change)).toEqual([]);
        for (const name of secretsToDelete(change)) dropped.add(name);
        for (const name of secretsNamedBy(after)) {
          named += 1;
          expect(dropped.has(name)).toBe(false);
        }
      }
      const ever = new Set(records.flatMap((record) => [...secretsNamedBy(record)]));
      const last = records.at(-1);
      const still = secretsNamedBy(last);
      expect(dropped).toEqual(new Set([...ever].filter((name) => !still.has(name))));
      // No verb removes a record that names a secret.
      const removal = { before: last, after: undefined, requestId: '' };
      expect(secretsToDelete(removal)).toEqual([]);
      expect(new Set(secretsToKeep(removal))).toEqual(still);
    }),
    { numRuns: count({ usual: 100, full: 500 }) },
  );
  expect(named).toBeGreaterThan(count({ usual: 100, full: 500 }));
});

test('a token that becomes live keeps the secret that its first step named', () => {
  const records = recordsOf(['configure', 'generateToken', 'finish', 'removeToken'].map((verb) => ({ verb, pick: 0 })));
  const drops = records.slice(1).map((after, at) => secretsToDelete({ before: records[at], after, requestId: '' }));
  expect(drops).toEqual([[], [], [], [nameOf(1)]]);
});

test.each([
  nameOf(7),
  // A dash and six characters can be in the name too.
  'hooklatch/dev/endpoint/my-orders/0123456789abcdef',
  'hooklatch/dev/endpoint/my-orders/0123456789-abcdef',
])('the name of a secret is the end of its ARN without the six characters that Secrets Manager adds: %s', (name) => {
  expect(secretNameOf(arnOf(name))).toBe(name);
});

const imageOf = (record: Connection | undefined): Record<string, AttributeValue> | undefined =>
  record && { record: { S: JSON.stringify(record) }, requestId: { S: `request-${record.version}` } };

/** The stream record of a change. */
function told(before: Connection | undefined, after: Connection | undefined, pk = 'connection#orders'): DynamoDBRecord {
  const [OldImage, NewImage] = [imageOf(before), imageOf(after)];
  const images = { ...(OldImage && { OldImage }), ...(NewImage && { NewImage }) };
  return { dynamodb: { Keys: { pk: { S: pk } }, ...images } };
}

describe('a stream record of the State table', () => {
  const changed = nextVersion(opened, {}, { ...opened.entry, verb: 'delete', by: 'op_2' });

  test('becomes a history line with its version and its request', () => {
    const change = connectionChangeOf(told(opened, changed));
    expect(change && historyLineOf(change)).toEqual({
      version: 2,
      verb: 'delete',
      by: 'op_2',
      at: '2026-01-31T12:00:00.000Z',
      from: 'unconfigured',
      to: 'unconfigured',
      requestId: 'request-2',
    });
  });

  test('of a removal becomes no history line, and its notice names who deleted the connection', () => {
    const change = connectionChangeOf(told(changed, undefined));
    expect(change && historyLineOf(change)).toBeUndefined();
    const notice = change && lifecycleNoticeOf(change);
    expect(notice).toMatchObject({ Source: 'hooklatch', DetailType: 'connection.deleted' });
    const detail = { connection: 'orders', version: 2, by: 'op_2', requestId: 'request-2' };
    expect(JSON.parse(notice?.Detail ?? '')).toMatchObject(detail);
  });

  test('of a removal by hand has the operator unknown in its notice', () => {
    const change = connectionChangeOf(told(opened, undefined));
    expect(JSON.parse((change && lifecycleNoticeOf(change)?.Detail) ?? '')).toMatchObject({ by: 'unknown' });
  });

  test('of an item that is not a connection is ignored', () => {
    expect(connectionChangeOf(told(undefined, opened, 'operators'))).toBeUndefined();
    expect(connectionChangeOf(told(undefined, opened, 'a connection#orders'))).toBeUndefined();
  });

  test.each<DynamoDBRecord>([
    {},
    { dynamodb: {} },
    { dynamodb: { Keys: {} } },
    { dynamodb: { Keys: { pk: { N: '1' } } } },
  ])('without the key of a connection is ignored: %j', (record) => {
    expect(connectionChangeOf(record)).toBeUndefined();
  });

  test.each<NonNullable<DynamoDBRecord['dynamodb']>>([
    {},
    { NewImage: {} },
    { NewImage: { record: { N: '1' }, requestId: { N: '1' } } },
  ])('without a record has neither records nor a request: %j', (images) => {
    const record = { dynamodb: { Keys: { pk: { S: 'connection#orders' } }, ...images } };
    expect(connectionChangeOf(record)).toEqual({ before: undefined, after: undefined, requestId: '' });
  });

  test('of an invalid connection throws', () => {
    const broken = { dynamodb: { Keys: { pk: { S: 'connection#orders' } }, NewImage: { record: { S: '{}' } } } };
    expect(() => connectionChangeOf(broken)).toThrow();
  });
});

describe('a release begins', () => {
  const hold = { hold: 'hold_1', heldSince: '2026-01-31T11:00:00.000Z' };
  const releaseAfter = (entry: Partial<Connection['entry']>) =>
    releaseOf({ before: opened, after: nextVersion(opened, {}, { ...opened.entry, ...entry }), requestId: 'r' });

  test('after the verb release, and publishes the events of that hold', () => {
    expect(releaseAfter({ verb: 'release', ...hold })).toEqual({
      connection: 'orders',
      connectionId: 'con_1',
      holdId: 'hold_1',
      since: '2026-01-31T11:00:00.000Z',
      releasedAt: '2026-01-31T12:00:00.000Z',
      by: 'op_1',
    });
  });

  test('with the routes that were in force when the hold ended', () => {
    const after = nextVersion(opened, { routes: 'v1' }, { ...opened.entry, verb: 'release', ...hold });
    expect(releaseOf({ before: opened, after, requestId: 'r' })).toMatchObject({ routes: 'v1' });
  });

  test.each([
    { verb: 'hold' as const, ...hold },
    { verb: 'release' as const, hold: 'hold_1' },
    { verb: 'release' as const, heldSince: hold.heldSince },
  ])('not after %j', (entry) => {
    expect(releaseAfter(entry)).toBeUndefined();
  });

  test('not after the removal of a record', () => {
    expect(releaseOf({ before: opened, after: undefined, requestId: 'r' })).toBeUndefined();
  });
});

describe('the bus gets', () => {
  const noticeFor = (verb: Connection['entry']['verb'], step?: 'begin' | 'abandon' | 'deliver') => {
    const entry = { ...opened.entry, verb, ...(step ? { step } : {}) };
    return lifecycleNoticeOf({ before: opened, after: nextVersion(opened, {}, entry), requestId: 'r' });
  };

  test('a notice with its own name for every verb except delete and test', () => {
    const names = (['create', 'adopt', 'detach', 'setRoutes', ...verbs] as const).map((verb) => [
      verb,
      noticeFor(verb)?.DetailType,
    ]);
    expect(Object.fromEntries(names)).toMatchObject({
      create: 'connection.opened',
      edit: 'connection.edited',
      adopt: 'connection.adopted',
      detach: 'connection.detached',
      setRoutes: 'connection.routes_changed',
      delete: undefined,
      configure: 'endpoint.configured',
      generateToken: 'endpoint.token_generated',
      revealToken: 'endpoint.token_revealed',
      rotateToken: 'endpoint.token_rotated',
      changeAuth: 'endpoint.auth_changed',
      endGrace: 'endpoint.grace_ended',
      removeToken: 'endpoint.token_removed',
      activate: 'endpoint.activated',
      deactivate: 'endpoint.deactivated',
      hold: 'endpoint.held',
      release: 'endpoint.released',
      openHandshake: 'endpoint.handshake_opened',
      confirmHandshake: 'endpoint.handshake_confirmed',
      closeHandshake: 'endpoint.handshake_closed',
      test: undefined,
      deconfigure: 'endpoint.deconfigured',
    });
    const told = names.flatMap(([, name]) => name ?? []);
    expect(new Set(told).size).toBe(told.length);
  });

  test('who changed which connection, and how', () => {
    const entry = {
      verb: 'activate',
      by: 'op_2',
      at: '2026-01-31T12:30:00.000Z',
      from: 'configured',
      to: 'active',
    } as const;
    const notice = lifecycleNoticeOf({ before: opened, after: nextVersion(opened, {}, entry), requestId: 'r' });
    expect(notice).toEqual({
      Source: 'hooklatch',
      DetailType: 'endpoint.activated',
      Time: new Date('2026-01-31T12:30:00.000Z'),
      Detail: expect.any(String),
    });
    expect(JSON.parse(notice?.Detail ?? '')).toEqual({
      connection: 'orders',
      version: 2,
      by: 'op_2',
      at: '2026-01-31T12:30:00.000Z',
      from: 'configured',
      to: 'active',
      requestId: 'r',
    });
  });

  test('no notice of a step that only begins or abandons a change', () => {
    expect(noticeFor('generateToken', 'abandon')).toBeUndefined();
    expect(noticeFor('generateToken', 'begin')).toBeUndefined();
    expect(noticeFor('rotateToken', 'begin')).toBeUndefined();
  });

  test('a notice of a delivered secret that waits to be confirmed, instead of a rotation', () => {
    expect(noticeFor('rotateToken', 'deliver')).toMatchObject({ DetailType: 'endpoint.secret_delivered' });
  });
});
