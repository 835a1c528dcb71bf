import { describe, expect, test } from '@jest/globals';
import type { Alert } from '../../../../shared/operators/journal/alert.ts';
import { alertTable } from '../../../../shared/operators/journal/alert-table.ts';
import { givenJournal } from './given-journal.ts';

const { client, table, sent, itemAt } = givenJournal();

const alerts = alertTable(client, table);

const refusing: Alert = {
  connectionId: 'con_1',
  kind: 'refusing',
  told: false,
  triedAt: '2026-01-31T12:00:00.000Z',
  detail: {
    connection: 'orders',
    version: 7,
    state: 'began',
    at: '2026-01-31T12:00:00.000Z',
    since: '2026-01-31T11:58:00.000Z',
    threshold: { count: 3, minutes: 5 },
    reasons: { token_unknown: 4 },
  },
};
const ended: Alert = { ...refusing, detail: { ...refusing.detail, state: 'ended', because: 'recovered' } };
const silent: Alert = {
  connectionId: 'con_2',
  kind: 'silent',
  told: true,
  triedAt: '2026-01-31T12:05:00.000Z',
  detail: { ...ended.detail, threshold: { minutes: 5 }, because: 'unwatched', lastEventAt: null },
};

/** The same alert, after another function began to send its notice again. */
const triedLater: Alert = { ...refusing, triedAt: '2026-01-31T12:05:00.000Z' };

test('no alert is listed from a new table', async () => {
  expect(await alerts.list()).toEqual([]);
  // DynamoDB refuses an empty key, the DynamoDB of the tests does not.
  const keys = { ':pk': { S: 'alerts' }, ':least': { S: ' ' }, ':greatest': { S: '~' } };
  expect(sent.at(-1)).toMatchObject({ name: 'Query', input: { ExpressionAttributeValues: keys } });
});

test('the alerts of all connections are listed as they were stored', async () => {
  expect(await alerts.claim(silent, undefined)).toBe('written');
  expect(await alerts.claim(refusing, undefined)).toBe('written');
  expect(await alerts.list()).toEqual([refusing, silent]);
});

test('an alert is stored under its connection and kind', async () => {
  await alerts.claim(refusing, undefined);
  expect(await itemAt('alerts', 'con_1#refusing')).toMatchObject({
    told: { BOOL: false },
    triedAt: { S: '2026-01-31T12:00:00.000Z' },
  });
});

describe('of two functions that claim an alert', () => {
  test('the second one loses if the alert is new', async () => {
    expect(await alerts.claim(refusing, undefined)).toBe('written');
    expect(await alerts.claim(triedLater, undefined)).toBe('lost');
    expect(await alerts.list()).toEqual([refusing]);
  });

  test.each<[string, Alert]>([
    ['was tried again since', triedLater],
    ['was marked as sent since', { ...refusing, told: true }],
  ])('the one that read it before it %s loses', async (_, stored) => {
    await alerts.claim(stored, undefined);
    expect(await alerts.claim(ended, refusing)).toBe('lost');
    expect(await alerts.list()).toEqual([stored]);
    expect(await alerts.claim(ended, stored)).toBe('written');
    expect(await alerts.list()).toEqual([ended]);
  });
});

describe('after its notice is sent', () => {
  test('an alert that began is marked as sent', async () => {
    await alerts.claim(refusing, undefined);
    await alerts.settle(refusing);
    expect(await alerts.list()).toEqual([{ ...refusing, told: true }]);
  });

  test('an alert that ended is removed', async () => {
    await alerts.claim(ended, undefined);
    await alerts.settle(ended);
    expect(await alerts.list()).toEqual([]);
  });

  test.each([
    ['began', refusing],
    ['ended', ended],
  ])('an alert that %s stays unmarked if another function has claimed it', async (_, sent) => {
    const claimed = { ...sent, triedAt: triedLater.triedAt };
    await alerts.claim(claimed, undefined);
    await alerts.settle(sent);
    expect(await alerts.list()).toEqual([claimed]);
  });
});

test('a failure of the table is thrown, so that the run is tried again', async () => {
  const missing = alertTable(client, 'missing');
  await expect(missing.claim(refusing, undefined)).rejects.toThrow();
  await expect(missing.settle(refusing)).rejects.toThrow();
  await expect(missing.settle(ended)).rejects.toThrow();
});
