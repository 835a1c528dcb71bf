import { describe, expect, test } from '@jest/globals';
import type { Destination } from '../../../../shared/deliveries/destination/destination.ts';
import type { DeliveryJob } from '../../../../shared/deliveries/dispatch/delivery-job.ts';
import type { DeliveryRow } from '../../../../shared/deliveries/dispatch/delivery-row.ts';
import { eventRouter, type RoutePorts, routeAll } from '../../../../shared/deliveries/dispatch/route-event.ts';
import type { Routes } from '../../../../shared/deliveries/route/routes.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import type { Revised } from '../../../../shared/ground/aws/revised-item.ts';
import { aStoredEvent } from '../../events/event/given-event.ts';
import { aDestination, aJob, aRow, eventId, receivedAt, receivedMs } from './given-delivery.ts';

const version = 'b'.repeat(64);
const [orders, bills] = [
  { id: 'dst_1', name: 'orders' },
  { id: 'dst_2', name: 'bills' },
];
const routes: Routes = {
  mode: 'all',
  rules: [
    { id: 'paid', when: { data: { status: ['paid'] } }, to: bills },
    { id: 'every', to: orders },
  ],
};
const paid = Buffer.from('{"status":"paid"}');
const open = Buffer.from('{"status":"open"}');

const anEvent = (body = paid, more: Partial<StoredEvent> = {}): StoredEvent =>
  aStoredEvent({ body }, { id: eventId, receivedAt, connectionId: 'con_1', routes: version, ...more });

interface Given {
  routes?: Routes | undefined;
  /** Destinations whose messages the queue does not take. */
  refused?: string[];
  /** Whether rows can't be written. */
  noRows?: boolean;
  destination?: Destination;
  readRoutes?: RoutePorts['readRoutes'];
}

function aWorld(given: Given = {}) {
  const queued: DeliveryJob[] = [];
  const rows = new Map<string, Revised<DeliveryRow>>();
  const read: string[] = [];
  const nameOf = ({ event, rule, replay }: Pick<DeliveryJob, 'event' | 'rule' | 'replay'>) =>
    `${event} ${rule} ${replay}`;
  const ports = {
    clock: { now: () => receivedMs + 10, sleep: async () => undefined, random: () => 0 },
    log: () => undefined,
    readDestination: async () => given.destination ?? aDestination({ pausedMs: 77 }),
    readRoutes:
      given.readRoutes ??
      (async (text: string) => {
        read.push(text);
        return 'routes' in given ? given.routes : routes;
      }),
    queues: {
      async dispatch(messages: { body: DeliveryJob }[]) {
        const refused = messages.filter(({ body }) => given.refused?.includes(body.to.name));
        queued.push(...messages.filter((each) => !refused.includes(each)).map(({ body }) => body));
        return refused;
      },
    },
    deliveries: {
      rows: {
        read: async (key: DeliveryJob) => rows.get(nameOf(key)),
        async write(key: DeliveryJob, value: DeliveryRow | undefined) {
          if (given.noRows) throw new Error('throttled');
          if (value) rows.set(nameOf(key), { value, revision: 1 });
          else rows.delete(nameOf(key));
          return true;
        },
      },
    },
  } as unknown as RoutePorts;
  return { queued, rows, read, ports, route: eventRouter(ports) };
}

const first = (rule: string, to: { id: string; name: string }, more: Partial<DeliveryJob> = {}): DeliveryJob => ({
  ...aJob({ rule, to, routes: version, expiresAt: anEvent().expiresAt }),
  ...more,
});
const forAll = first('*', { id: '*', name: '*' });

describe('an event', () => {
  test('goes by each rule that matches it', async () => {
    const { route, queued } = aWorld();
    expect(await route([{ event: anEvent() }, { event: anEvent(open), replay: 2 }])).toEqual([]);
    expect(queued).toEqual([first('paid', bills), first('every', orders), first('every', orders, { replay: 2 })]);
  });

  test('goes by the first rule that matches it, if the list says so', async () => {
    const { route, queued } = aWorld({ routes: { ...routes, mode: 'first' } });
    await route([{ event: anEvent() }]);
    expect(queued).toEqual([first('paid', bills)]);
  });

  test('without routes costs nothing', async () => {
    const { route, queued, read } = aWorld();
    const { routes: _, ...plain } = anEvent();
    expect(await route([{ event: plain as StoredEvent }])).toEqual([]);
    expect([queued, read]).toEqual([[], []]);
  });

  test('of a test says so', async () => {
    const { route, queued } = aWorld();
    await route([{ event: anEvent(open, { test: true }), replay: 1 }]);
    expect(queued).toEqual([first('every', orders, { replay: 1, test: true })]);
  });

  test.each<[string, Partial<StoredEvent>, Given]>([
    ['has its body in the bucket', { bodyKey: 'bodies/1' }, {}],
    ['has routes that can not be read now', {}, { readRoutes: () => Promise.reject(new Error('throttled')) }],
    ['has routes that are not there', {}, { routes: undefined }],
  ])('is left to who gets the message, if it %s', async (_, more, given) => {
    const { route, queued } = aWorld(given);
    expect(await route([{ event: anEvent(paid, more) }])).toEqual([]);
    expect(queued).toEqual([forAll]);
  });

  test('that takes too long to match is left to who gets the message', async () => {
    const long = Buffer.from(
      JSON.stringify({ a: Array.from({ length: 3_000 }, () => ({ b: Array(40).fill({ c: 1 }) })) }),
    );
    const many = Array.from({ length: 40 }, (_, at) => ({
      id: `r${at}`,
      when: { data: { a: { b: { c: [at] } } } },
      to: orders,
    }));
    const { route, queued } = aWorld({ routes: { mode: 'all', rules: many } });
    await route([{ event: anEvent(long) }]);
    expect(queued).toEqual([forAll]);
  });
});

describe('what the queue does not take', () => {
  test('is due now, and counts the pauses of its destination from here', async () => {
    const { route, queued, rows } = aWorld({ refused: ['bills'] });
    expect(await route([{ event: anEvent() }])).toEqual([]);
    expect(queued).toEqual([first('every', orders)]);
    const { attempt: _, ...fields } = first('paid', bills);
    expect([...rows.values()].map(({ value }) => value)).toEqual([
      {
        ...fields,
        status: 'waiting',
        attempt: 1,
        step: 0,
        redelivery: 0,
        madeAt: receivedMs + 10,
        pausedMs: 77,
        due: receivedMs + 10,
      },
    ]);
  });

  test('leaves a row alone that is there', async () => {
    const { route, rows } = aWorld({ refused: ['bills'] });
    const there = aRow({ rule: 'paid', status: 'delivered' });
    rows.set(`${eventId} paid 0`, { value: there, revision: 4 });
    expect(await route([{ event: anEvent() }])).toEqual([]);
    expect(rows.get(`${eventId} paid 0`)).toEqual({ value: there, revision: 4 });
  });

  test('has to be sent again if it can not be written down either', async () => {
    const { route } = aWorld({ refused: ['bills'], noRows: true });
    const publications = [
      { event: anEvent(open) },
      { event: anEvent(paid, { id: 'evt_2' }) },
      { event: anEvent(open) },
    ];
    expect(await route(publications)).toEqual([publications[1]]);
  });
});

describe('a message for all rules', () => {
  test('is matched where it is received, and its row goes', async () => {
    const { ports, queued, rows } = aWorld();
    rows.set(`${eventId} * 0`, { value: aRow({ rule: '*' }), revision: 1 });
    await routeAll(forAll, anEvent(Buffer.alloc(0), { bodyKey: 'bodies/1' }), paid, ports);
    expect(queued).toEqual([first('paid', bills), first('every', orders)]);
    expect(rows.size).toBe(0);
  });

  test('makes a failed delivery of each rule of which nobody knows whether it matches', async () => {
    const long = Buffer.from(
      JSON.stringify({ a: Array.from({ length: 3_000 }, () => ({ b: Array(40).fill({ c: 1 }) })) }),
    );
    const rules = [
      { id: 'every', to: orders },
      ...Array.from({ length: 40 }, (_, at) => ({
        id: `r${at}`,
        when: { data: { a: { b: { c: [at] } } } },
        to: bills,
      })),
    ];
    const { ports, queued, rows } = aWorld({ routes: { mode: 'all', rules } });
    await routeAll(forAll, anEvent(), long, ports);
    expect(queued.map(({ rule }) => rule)).toContain('every');
    const failed = [...rows.values()].map(({ value }) => value);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.every(({ status, reason }) => status === 'failed' && reason === 'match_too_costly')).toBe(true);
    // Each rule is decided, or has failed visibly.
    expect(failed.map(({ rule }) => rule)).toContain('r39');
  });

  test('comes again if its list is not there, or a message is nowhere', async () => {
    const gone = aWorld({ routes: undefined });
    await expect(routeAll(forAll, anEvent(), paid, gone.ports)).rejects.toThrow('the list of routes is not there');
    const full = aWorld({ refused: ['orders'], noRows: true });
    await expect(routeAll(forAll, anEvent(), paid, full.ports)).rejects.toThrow(
      'neither in the queue nor in the table',
    );
  });
});
