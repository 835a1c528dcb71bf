import { expect, test } from '@jest/globals';
import type { Deps } from '../../functions/raise-alerts.ts';
import { type Connection, newConnection, nextVersion } from '../../shared/endpoints/endpoint/connection.ts';
import type { Endpoint } from '../../shared/endpoints/endpoint/endpoint-record.ts';
import type { RejectionCount } from '../../shared/events/arrival/rejection.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { type Alert, alertOnceTold } from '../../shared/operators/journal/alert.ts';
import { tokenGuard } from '../shared/endpoints/endpoint/given-record.ts';
import { aStateTable } from '../shared/endpoints/endpoint/given-state-table.ts';
import { aMoment } from '../support/a-moment.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= '1';
const { raiseAlerts } = await import('../../functions/raise-alerts.ts');

const noon = new Date('2026-03-01T12:00:00.000Z');

const alerts = { rejections: { count: 10, minutes: 5 }, silence: { minutes: 60 } };

/** An active connection with these thresholds, which was changed at 10:20. Its id is `id of <name>`. */
function aConnection(name: string, more: Partial<Endpoint> = {}): Connection {
  const opened = newConnection({ name, provider: 'generic', description: '' }, `id of ${name}`, {
    by: 'op_1',
    now: new Date('2026-03-01T10:00:00.000Z'),
  });
  const endpoint: Endpoint = { id: 'e1', status: 'active', settings: { alerts }, guard: tokenGuard, tokens: [] };
  const entry = { ...opened.entry, at: '2026-03-01T10:20:00.000Z' };
  return nextVersion(opened, { endpoint: { ...endpoint, ...more } }, entry);
}

interface Given {
  connections?: Connection[];
  /** The stored alerts. */
  stored?: Alert[];
  /** The rejections of each connection in the minute 11:58. */
  rejections?: Record<string, number>;
  /** When each connection got its last event. By default that was just now. */
  lastEvents?: Record<string, string | null>;
  code?: (name: string) => string | undefined;
  isLost?: boolean;
  tokenReminderDays?: number;
}

/** Runs the function. `steps` has each write and each notice in its order. */
async function run({ connections = [], stored = [], code, isLost, ...given }: Given) {
  const { rejections = {}, lastEvents = {}, tokenReminderDays } = given;
  const steps: unknown[] = [];
  const lines: unknown[] = [];
  const reads: unknown[] = [];
  const pages: unknown[] = [];
  const store = aStateTable();
  for (const connection of connections) await store.openConnection(connection, 'r0');
  const open = new Map(stored.map((alert) => [`${alert.connectionId} ${alert.kind}`, alert]));
  const nameOf = (connectionId: string) => /^id of (.+)$/.exec(connectionId)?.[1] ?? 'no id';
  const table: Deps['alerts'] = {
    list: async () => [...open.values()],
    async claim(alert, known) {
      steps.push(['claim', alert.connectionId, alert.kind, alert.detail.state, known?.detail.state]);
      if (!isLost) open.set(`${alert.connectionId} ${alert.kind}`, alert);
      return isLost ? 'lost' : 'written';
    },
    async settle(alert) {
      await aMoment();
      steps.push(['settle', alert.connectionId, alert.kind]);
      const told = alertOnceTold(alert);
      if (told) open.set(`${alert.connectionId} ${alert.kind}`, told);
      else open.delete(`${alert.connectionId} ${alert.kind}`);
    },
  };
  const raise = raiseAlerts({
    store: {
      async listConnections(limit, after) {
        pages.push([limit, after]);
        return store.listConnections(limit, after);
      },
    },
    alerts: table,
    rejections: {
      async byMinute(connectionId, { from, to }) {
        reads.push([connectionId, from.toISOString(), to.toISOString()]);
        const count = rejections[nameOf(connectionId)] ?? 0;
        const counts: RejectionCount[] = [{ minute: '2026-03-01T11:58', reason: 'token_missing', count }];
        return { counts: count === 0 ? [] : counts, complete: true };
      },
    },
    usage: {
      async lastEventAt(connectionId) {
        const name = nameOf(connectionId);
        if (name === 'broken') throw Object.assign(new Error(name), { name: 'ThrottlingException' });
        return name in lastEvents ? (lastEvents[name] ?? null) : noon.toISOString();
      },
    },
    async publish(entries) {
      return entries.map(({ DetailType, Detail }) => {
        const detail = JSON.parse(Detail);
        steps.push(['publish', DetailType, detail]);
        return code?.(detail.connection);
      });
    },
    tokenReminderDays,
    now: () => noon,
    log: (line, level = 'info') => lines.push({ level, ...line }),
  });
  const thrown = await raise().then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { steps, lines, reads, pages, thrown, open: [...open.values()] };
}

const checked = (failed = 0) => ({ level: 'info', outcome: 'alerts_checked', failed });

test('an alert is claimed, published, marked as sent and logged, in this order', async () => {
  const { steps, lines, reads, thrown, open } = await run({
    connections: [aConnection('orders')],
    rejections: { orders: 10 },
  });
  const detail = {
    connection: 'orders',
    version: 2,
    state: 'began',
    at: '2026-03-01T12:00:00.000Z',
    since: '2026-03-01T11:58:00.000Z',
    threshold: { count: 10, minutes: 5 },
    reasons: { token_missing: 10 },
  };
  expect(steps).toEqual([
    ['claim', 'id of orders', 'refusing', 'began', undefined],
    ['publish', 'endpoint.refusing', detail],
    ['settle', 'id of orders', 'refusing'],
  ]);
  expect(lines).toEqual([
    { level: 'info', outcome: 'alert_published', kind: 'refusing', state: 'began', connection: 'orders' },
    checked(),
  ]);
  // Spans of five minutes are checked back to six minutes ago.
  expect(reads).toEqual([['id of orders', '2026-03-01T11:50:00.000Z', '2026-03-01T12:00:00.000Z']]);
  expect(thrown).toBeUndefined();
  expect(open).toMatchObject([{ told: true, kind: 'refusing' }]);
});

test('an endpoint is silent since its last event or its last change', async () => {
  const { steps } = await run({
    connections: [aConnection('never'), aConnection('orders')],
    lastEvents: { orders: '2026-03-01T10:30:20.000Z', never: null },
  });
  expect(steps.filter((step) => Array.isArray(step) && step[0] === 'publish')).toMatchObject([
    ['publish', 'endpoint.silent', { connection: 'never', since: '2026-03-01T10:20:00.000Z', lastEventAt: null }],
    ['publish', 'endpoint.silent', { connection: 'orders', since: '2026-03-01T10:31:00.000Z' }],
  ]);
});

test.each<[string, Connection]>([
  ['has no alerts', aConnection('orders', { settings: {} })],
  ['is inactive', aConnection('orders', { status: 'inactive' })],
])('nothing is read for an endpoint that %s', async (_, connection) => {
  const { steps, reads, lines } = await run({
    connections: [connection],
    rejections: { orders: 10 },
    lastEvents: { orders: null },
  });
  expect([steps, reads]).toEqual([[], []]);
  expect(lines).toEqual([checked()]);
});

const known = (kind: Alert['kind'], more: Partial<Alert> = {}): Alert => ({
  connectionId: 'id of orders',
  kind,
  told: true,
  triedAt: '2026-03-01T11:00:00.000Z',
  detail: {
    connection: 'orders',
    version: 1,
    state: 'began',
    at: '2026-03-01T11:00:00.000Z',
    since: '2026-03-01T10:59:00.000Z',
    threshold: { count: 10, minutes: 5 },
  },
  ...more,
});

test('an open alert is not published again while it lasts, and another connection keeps its own', async () => {
  const { steps } = await run({
    connections: [aConnection('orders'), aConnection('billing')],
    stored: [known('refusing')],
    rejections: { orders: 10, billing: 10 },
  });
  expect(steps).toMatchObject([
    ['claim', 'id of billing', 'refusing', 'began', undefined],
    ['publish', 'endpoint.refusing', { connection: 'billing' }],
    ['settle', 'id of billing', 'refusing'],
  ]);
});

test('an alert that is over is published as ended, and is then no longer stored', async () => {
  const { steps, lines, open } = await run({ connections: [aConnection('orders')], stored: [known('refusing')] });
  expect(steps).toMatchObject([
    ['claim', 'id of orders', 'refusing', 'ended', 'began'],
    ['publish', 'endpoint.refusing', { connection: 'orders', version: 2, state: 'ended', because: 'recovered' }],
    ['settle', 'id of orders', 'refusing'],
  ]);
  expect(lines).toMatchObject([{ outcome: 'alert_published', state: 'ended' }, checked()]);
  expect(open).toEqual([]);
});

test('the alert of a deleted connection ends, with the name that the connection had', async () => {
  const { steps } = await run({ connections: [], stored: [known('silent')] });
  const [, publish] = steps;
  expect(publish).toEqual([
    'publish',
    'endpoint.silent',
    {
      connection: 'orders',
      state: 'ended',
      at: '2026-03-01T12:00:00.000Z',
      because: 'unwatched',
      since: '2026-03-01T10:59:00.000Z',
      threshold: { count: 10, minutes: 5 },
    },
  ]);
});

test('the alert of a deleted connection that the bus refuses fails the function, and stays stored', async () => {
  const { lines, thrown, open } = await run({ stored: [known('silent')], code: () => 'InternalFailure' });
  expect(lines.at(-1)).toEqual(checked(1));
  expect(thrown).toBe('1 alerts could not be checked');
  expect(open).toMatchObject([{ kind: 'silent', told: false }]);
});

test('the alert of an earlier connection of the same name ends as that of a deleted connection', async () => {
  const { steps } = await run({
    connections: [aConnection('orders')],
    stored: [known('refusing', { connectionId: 'earlier' })],
  });
  expect(steps[1]).toMatchObject(['publish', 'endpoint.refusing', { because: 'unwatched' }]);
});

test('an alert that another instance claimed first is not published', async () => {
  const { steps, lines } = await run({
    connections: [aConnection('orders')],
    rejections: { orders: 10 },
    isLost: true,
  });
  expect(steps).toEqual([['claim', 'id of orders', 'refusing', 'began', undefined]]);
  expect(lines).toEqual([checked()]);
});

test('a notice that the bus refuses stays claimed and not marked as sent, and the others go on', async () => {
  const { steps, lines, thrown, open } = await run({
    connections: [aConnection('billing'), aConnection('orders')],
    rejections: { billing: 10, orders: 10 },
    code: (name) => (name === 'billing' ? 'InternalFailure' : undefined),
  });
  expect(steps).not.toContainEqual(['settle', 'id of billing', 'refusing']);
  expect(steps).toContainEqual(['settle', 'id of orders', 'refusing']);
  expect(open).toMatchObject([{ told: false }, { told: true }]);
  expect(lines).toContainEqual({
    level: 'error',
    outcome: 'alert_not_checked',
    kind: 'refusing',
    connection: 'billing',
    fault: 'InternalFailure',
  });
  expect(lines.at(-1)).toEqual(checked(1));
  expect(thrown).toBe('1 alerts could not be checked');
});

test('a check that fails does not stop the others, on its page or on later ones', async () => {
  const names = Array.from({ length: 30 }, (_, at) => `c${at + 10}`);
  const { lines, pages, thrown } = await run({
    connections: ['broken', ...names].map((name) => aConnection(name)),
    rejections: { c39: 10 },
    stored: [known('silent')],
  });
  expect(pages).toEqual([
    [25, undefined],
    [25, 'c33'],
  ]);
  expect(lines).toMatchObject([
    {
      level: 'error',
      outcome: 'alert_not_checked',
      kind: 'silent',
      connection: 'broken',
      fault: 'ThrottlingException',
    },
    { outcome: 'alert_published', connection: 'c39' },
    { outcome: 'alert_published', connection: 'orders' },
    checked(1),
  ]);
  expect(thrown).toBe('1 alerts could not be checked');
});

/** A connection without alerts of its own, whose token was made then. */
const withToken = (createdAt: string, status: Endpoint['status'] = 'active') =>
  aConnection('orders', {
    status,
    settings: {},
    tokens: [{ id: 't1', createdAt, createdBy: 'op_1', holds: 'bearer' }],
  });
const old = '2026-01-30T12:00:00.000Z';

test.each(['active', 'inactive'] as const)(
  'a token of an %s endpoint that has the age is reported once',
  async (status) => {
    const connections = [withToken(old, status)];
    const { steps, open } = await run({ connections, tokenReminderDays: 30 });
    const detail = {
      connection: 'orders',
      version: 2,
      state: 'began',
      at: '2026-03-01T12:00:00.000Z',
      since: old,
      threshold: { days: 30 },
    };
    expect(steps[1]).toEqual(['publish', 'endpoint.token_old', detail]);
    expect((await run({ connections, stored: open, tokenReminderDays: 30 })).steps).toEqual([]);
  },
);

test('a younger token is not reported, nor an old one without the setting', async () => {
  expect((await run({ connections: [withToken(old)], tokenReminderDays: 31 })).steps).toEqual([]);
  expect((await run({ connections: [withToken(old)] })).steps).toEqual([]);
});

test.each<[string, Connection, string]>([
  ['replaced', withToken('2026-03-01T11:00:00.000Z'), 'recovered'],
  ['removed', aConnection('orders', { settings: {} }), 'unwatched'],
])('the report of an old token ends when the token is %s', async (_, connection, because) => {
  const { open } = await run({ connections: [withToken(old)], tokenReminderDays: 30 });
  const { steps } = await run({ connections: [connection], stored: open, tokenReminderDays: 30 });
  expect(steps[1]).toMatchObject(['publish', 'endpoint.token_old', { state: 'ended', because, since: old }]);
});
