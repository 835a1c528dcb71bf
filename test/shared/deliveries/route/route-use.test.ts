/** Which connections route events to a destination, against DynamoDB in memory. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  mayStillCome,
  type RouteClaim,
  type RouteUse,
  routeUse,
} from '../../../../shared/deliveries/route/route-use.ts';
import { newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import { givenDynamodb } from '../../given-dynamodb.ts';

const { client, sent, createTable } = givenDynamodb();
const now = new Date('2026-03-01T12:00:00.000Z');
const later = new Date('2026-03-01T12:00:01.000Z');
const claim = (more: Partial<RouteClaim> = {}): RouteClaim => ({
  connectionId: 'c1',
  connection: 'orders',
  version: 7,
  at: now,
  ...more,
});

let use: RouteUse;
beforeEach(async () => {
  use = routeUse(client, await createTable({ hash: 'pk' }));
});

describe('the claims on a destination', () => {
  test('are none at first', async () => {
    expect(await use.claims('dst_1')).toEqual([]);
  });

  test('are one of each connection, and of no other destination', async () => {
    const other = claim({ connectionId: 'c2', connection: 'billing', version: 1 });
    await use.claim('dst_1', claim());
    await use.claim('dst_1', other);
    await use.claim('dst_2', claim({ version: 9 }));
    expect(await use.claims('dst_1')).toEqual([claim(), other]);
  });

  test.each<[string, RouteClaim, RouteClaim]>([
    ['of a later version', claim({ version: 10 }), claim({ version: 10 })],
    ['of the same version, later', claim({ at: later }), claim({ at: later })],
    ['but no claim of an earlier version', claim({ version: 6, at: later }), claim()],
    ['and the same claim twice', claim(), claim()],
  ])('keep the last claim of a connection: %s', async (_, next, expected) => {
    await use.claim('dst_1', claim());
    await use.claim('dst_1', next);
    expect(await use.claims('dst_1')).toEqual([expected]);
  });

  test('are read strongly consistently', async () => {
    sent.length = 0;
    await use.claims('dst_1');
    expect(sent).toMatchObject([{ name: 'GetItem', input: { ConsistentRead: true } }]);
  });

  test('report a failed write', async () => {
    await expect(routeUse(client, 'no-table').claim('dst_1', claim())).rejects.toThrow('resource not found');
  });
});

describe('the change of a claim', () => {
  const record = {
    ...newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now }),
    version: 7,
  };

  test.each<[string, Partial<RouteClaim>, Date, boolean]>([
    ['may still come right after it', {}, now, true],
    ['may still come in its first minute', {}, new Date('2026-03-01T12:00:59.999Z'), true],
    ['no longer comes after a minute', {}, new Date('2026-03-01T12:01:00.000Z'), false],
    ['no longer comes once the record has a later version', { version: 6 }, now, false],
    ['no longer comes if the connection was deleted, and made again', { connectionId: 'c0' }, now, false],
  ])('%s', (_, more, clock, expected) => {
    expect(mayStillCome(claim(more), record, clock)).toBe(expected);
  });
});
