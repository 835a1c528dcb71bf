/**
 * A search against a scan by hand: over random events, searches and limits, its pages together find what a predicate finds that was
 * written beside the pattern, and each page reads no more than its limits say.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newConnection, nextVersion } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import { readEventPage } from '../../../../shared/events/event/event-page.ts';
import {
  type SearchPage,
  type SearchPorts,
  searchEvents,
} from '../../../../shared/operators/operation/search-events.ts';
import { count } from '../../../support/full-counts.ts';
import { aStateTable } from '../../endpoints/endpoint/given-state-table.ts';
import { aStoredEvent } from '../../events/event/given-event.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const kib = 1024;

interface Sent {
  type: string;
  shop: string | null;
  total: number | number[];
  /** A text that is masked if it is a token. */
  secret: string;
  isToken: boolean;
  isLarge: boolean;
  /** The bytes that its item has, in KiB. */
  units: number;
}

const sent: fc.Arbitrary<Sent> = fc.record({
  type: fc.constantFrom('order.paid', 'order.sent', 'invoice.paid'),
  shop: fc.constantFrom(null, 'blue', 'Red'),
  total: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })),
  secret: fc.constantFrom('blue', 'hidden'),
  isToken: fc.boolean(),
  isLarge: fc.boolean(),
  units: fc.integer({ min: 1, max: 300 }),
});

const largeBytes = 300 * kib;

function eventOf({ type, shop, total, secret, isToken, isLarge }: Sent, number: number): StoredEvent {
  const body = Buffer.from(JSON.stringify({ total, secret }));
  const headers = { 'content-type': 'application/json', ...(shop !== null && { 'x-shop': shop }) };
  return {
    ...aStoredEvent({ body, headers }),
    ...{ id: `evt_${String(number).padStart(26, '0')}`, type, tokenIn: isToken ? ['/secret'] : [] },
    receivedAt: new Date(now.getTime() - (number + 60) * 1000).toISOString(),
    ...(isLarge && { body: Buffer.alloc(0), bodyKey: String(number), size: largeBytes }),
  };
}

/** A condition, and the same by hand. */
interface Condition {
  field: string;
  wanted: unknown;
  isMet(sent: Sent): boolean;
  inBody?: true;
}

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    { field: 'type', wanted: ['order.paid'], isMet: ({ type }) => type === 'order.paid' },
    { field: 'type', wanted: [{ prefix: 'order.' }], isMet: ({ type }) => type !== 'invoice.paid' },
    { field: 'headers', wanted: { 'x-shop': ['Red'] }, isMet: ({ shop }) => shop === 'Red' },
    { field: 'headers', wanted: { 'x-shop': [{ exists: false }] }, isMet: ({ shop }) => shop === null },
    {
      field: 'data',
      inBody: true,
      wanted: { secret: ['blue'] },
      isMet: (each) => each.secret === 'blue' && !each.isToken,
    },
    { field: 'data', inBody: true, wanted: { secret: ['REDACTED'] }, isMet: () => false },
    { field: 'publication', wanted: ['published'], isMet: () => true },
    { field: 'publication', wanted: ['held', 'given_up'], isMet: () => false },
  ),
  fc.integer({ min: 0, max: 4 }).map(
    (least): Condition => ({
      ...{ field: 'data', inBody: true, wanted: { total: [{ numeric: ['>=', least] }] } },
      isMet: ({ total }) => [total].flat().some((each) => each >= least),
    }),
  ),
);

interface Wanted {
  request: { match: Record<string, unknown> } | { contains: string };
  isFound(sent: Sent): boolean;
  /** Whether what is outside of the body decides that an event is found, or that it is not. */
  isDecided(sent: Sent): boolean;
}

const all = (conditions: readonly Condition[], each: Sent): boolean => conditions.every(({ isMet }) => isMet(each));

const pattern: fc.Arbitrary<Wanted> = fc
  .tuple(
    fc.uniqueArray(condition, { selector: ({ field }) => field, minLength: 1, maxLength: 3 }),
    fc.option(fc.tuple(condition, condition)),
  )
  .map(([members, or]) => {
    const alternatives = or ? { $or: or.map(({ field, wanted }) => ({ [field]: wanted })) } : {};
    const match = { ...Object.fromEntries(members.map(({ field, wanted }) => [field, wanted])), ...alternatives };
    const meetsOne = (each: Sent) => !or || or.some(({ isMet }) => isMet(each));
    const orInBody = or?.some(({ inBody }) => inBody) ?? false;
    // The publication is looked at after the body.
    const early = members.filter(({ field, inBody }) => !inBody && field !== 'publication');
    const orIsEarly = or?.every(({ field, inBody }) => !inBody && field !== 'publication') ?? false;
    return {
      request: { match },
      isFound: (each) => all(members, each) && meetsOne(each),
      isDecided: (each) =>
        !all(early, each) || (orIsEarly && !meetsOne(each)) || (!orInBody && members.every(({ inBody }) => !inBody)),
    };
  });

const text: fc.Arbitrary<Wanted> = fc.constantFrom<Wanted>(
  {
    request: { contains: 'BLUE' },
    isFound: ({ shop, secret, isToken }) => shop === 'blue' || (secret === 'blue' && !isToken),
    isDecided: ({ shop }) => shop === 'blue',
  },
  {
    request: { contains: 'hidden' },
    isFound: ({ secret, isToken }) => secret === 'hidden' && !isToken,
    isDecided: () => false,
  },
  { request: { contains: 'REDACTED' }, isFound: () => false, isDecided: () => false },
  {
    request: { contains: 'r.pai' },
    isFound: ({ type }) => type === 'order.paid',
    isDecided: ({ type }) => type === 'order.paid',
  },
);

const opened = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now });

function aWorld(events: readonly Sent[]) {
  const stored = events.map(eventOf);
  const read = { events: 0, bytes: 0 };
  const store = aStateTable();
  void store.openConnection(nextVersion(opened, {}, opened.entry), 'r0');
  const ports: SearchPorts = {
    store,
    events: {
      list: (_, page) =>
        readEventPage(page, 1, async (_shard, { least, greatest }, limit) => {
          const rows = stored
            .map((event, at) => ({
              at: `${event.receivedAt}#${event.id}`,
              event: { ...event, units: events[at]?.units ?? 1 },
            }))
            .filter(({ at }) => least <= at && at <= greatest)
            .sort((one, other) => (one.at < other.at ? 1 : -1));
          return { rows: rows.slice(0, limit), isLast: rows.length <= limit };
        }),
      async read(id) {
        const at = stored.findIndex((event) => event.id === id);
        read.events += 1;
        read.bytes += (events[at]?.units ?? 0) * kib;
        return stored[at];
      },
    },
    async readBody(key) {
      read.bytes += largeBytes;
      const { total, secret } = events[Number(key)] ?? {};
      return Buffer.from(JSON.stringify({ total, secret }));
    },
    relayLog: {
      position: async () => ({ alive: { since: '2026-01-01T00:00:00.000Z', at: now.toISOString() }, behind: [] }),
      readGivenUp: async () => undefined,
    },
    jobs: { find: async () => undefined },
    rejections: { lookThrough: async () => ({ found: [], totals: {}, complete: true }) },
    clock: () => 0,
  };
  return { ports, read, stored };
}

const limits = fc.record({
  events: fc.integer({ min: 1, max: 40 }),
  bytes: fc.integer({ min: 601 * kib, max: 3000 * kib }),
});

test('the pages of a search find what a scan by hand finds, and read no more than they say', async () => {
  const seen = { found: 0, skipped: 0, pages: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(sent, { maxLength: 40, size: 'max' }),
      fc.oneof(pattern, text),
      fc.record({ large: fc.boolean(), withholdsTokens: fc.boolean(), limits }),
      async (events, wanted, options) => {
        const { ports, read, stored } = aWorld(events);
        const found: string[] = [];
        const skipped = { large: 0, withheld: 0 };
        let examined = 0;
        let page: SearchPage | undefined;
        do {
          Object.assign(read, { events: 0, bytes: 0 });
          const input = { name: 'orders', ...wanted.request, ...options, after: page?.next };
          page = await searchEvents(
            input,
            { actor: { id: 'op_1', role: 'connection_admin' }, now, requestId: 'r1' },
            ports,
          );
          expect(read.events).toBeLessThanOrEqual(options.limits.events);
          expect(read.bytes).toBeLessThanOrEqual(options.limits.bytes);
          expect(page.examined).toBeGreaterThan(events.length === 0 ? -1 : 0);
          found.push(...page.found.map(({ id }) => id));
          skipped.large += page.skipped.large ?? 0;
          skipped.withheld += page.skipped.withheld ?? 0;
          examined += page.examined;
          seen.pages += 1;
        } while (page.next !== undefined);
        const isOpen = (each: Sent) => !wanted.isDecided(each);
        const isWithheld = (each: Sent) => options.withholdsTokens && each.isToken && isOpen(each);
        const isLarge = (each: Sent) => each.isLarge && !options.large && isOpen(each) && !isWithheld(each);
        const expected = stored.filter((_, at) => {
          const each = events[at] as Sent;
          return wanted.isFound(each) && !isWithheld(each) && !isLarge(each);
        });
        expect(found).toEqual(expected.map(({ id }) => id));
        expect(skipped).toEqual({ large: events.filter(isLarge).length, withheld: events.filter(isWithheld).length });
        expect(examined).toBe(events.length);
        seen.found += found.length;
        seen.skipped += skipped.large + skipped.withheld;
      },
    ),
    { numRuns: count({ usual: 200, full: 5_000 }) },
  );
  // The property is about something.
  expect(Math.min(seen.found, seen.skipped, seen.pages - 200)).toBeGreaterThan(100);
});
