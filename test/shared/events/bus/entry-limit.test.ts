/** An event that keeps its body makes only entries that a bus takes which takes 256 KB, whatever the form and the replay. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import type { Handover } from '../../../../shared/events/arrival/handover.ts';
import { receivedEventOf } from '../../../../shared/events/arrival/received-event.ts';
import { entryBytes, entryMakersOf } from '../../../../shared/events/bus/publication.ts';
import { type Arrival, conflictingEventOf } from '../../../../shared/events/event/accepted-arrival.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import { count } from '../../../support/full-counts.ts';

interface Given {
  body: Buffer;
  headers?: Record<string, string>;
  settings?: NamedSettings;
}

function storedEventOf({ body, headers = {}, settings = {} }: Given): StoredEvent {
  const handover: Handover = {
    connection: { id: 'c1', name: 'n'.repeat(48), provider: 'generic' },
    endpoint: { id: 'e1', settings, hold: null },
    tokenVerified: 't1',
    pending: [],
  };
  const arrival: Arrival = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    rawQueryString: 'a=1',
    rest: 'x',
    sourceIp: '192.0.2.1',
    requestId: 'r1',
    body,
  };
  return receivedEventOf(
    { arrival, handover, settings: settingsInForce({ provider: 'generic', settings }) },
    { tokenId: 't1', verifiedBy: 'token' },
    `evt_${'r'.repeat(26)}`,
    new Date('2026-03-01T12:00:00.000Z'),
  );
}

/** The sizes of all entries that the relay can make of an event: in both forms, at first and after many replays. */
const entrySizesOf = (event: StoredEvent): number[] =>
  [event, conflictingEventOf(event)].flatMap((stored) =>
    [undefined, 1, 4_294_967_296].flatMap((replay) =>
      entryMakersOf({ event: stored, ...(replay !== undefined && { replay }) }, 'bucket').flatMap((make) =>
        [true, false].map((asData) => entryBytes(make(asData))),
      ),
    ),
  );

const isInline = ({ bodyKey }: StoredEvent): boolean => bodyKey === undefined;

/** The largest entry of an event that keeps its body; 0 for any other. */
const largestInline = (event: StoredEvent): number => (isInline(event) ? Math.max(...entrySizesOf(event)) : 0);

/** JSON of exactly so many bytes. */
const jsonOf = (bytes: number): Buffer => Buffer.from(`{"a":"${'x'.repeat(bytes - 8)}"}`);

describe('an event', () => {
  test('that keeps its body makes no entry of more than 256,000 bytes', () => {
    const given = fc.record({
      bytes: fc.integer({ min: 180_000, max: 195_000 }),
      isJson: fc.boolean(),
      header: fc.tuple(fc.constantFrom('x', '"', 'é'), fc.integer({ min: 0, max: 9_000 })),
    });
    const kinds = new Set<boolean>();
    fc.assert(
      fc.property(given, ({ bytes, isJson, header: [char, times] }) => {
        const body = isJson ? jsonOf(bytes) : Buffer.alloc(bytes, 255);
        const event = storedEventOf({ body, headers: { 'x-long': char.repeat(times) } });
        kinds.add(isInline(event));
        expect(event.size).toBe(bytes);
        expect(largestInline(event)).toBeLessThanOrEqual(256_000);
      }),
      {
        numRuns: count({ usual: 15, full: 40 }),
        examples: [
          [{ bytes: 180_000, isJson: true, header: ['x', 0] }],
          [{ bytes: 195_000, isJson: false, header: ['x', 0] }],
        ],
      },
    );
    expect(kinds).toEqual(new Set([true, false]));
  });

  test('with raw has its JSON twice, and makes no entry of more than 256,000 bytes either', () => {
    const raw: NamedSettings = { raw: true };
    const sizes = Array.from({ length: 100 }, (_, at) => 107_000 + 48 * at);
    const events = sizes.map((bytes) => storedEventOf({ body: jsonOf(bytes), settings: raw }));
    const largest = Math.max(...events.map(largestInline));
    expect([isInline(events[0] as StoredEvent), isInline(events.at(-1) as StoredEvent)]).toEqual([true, false]);
    expect(largest).toBeLessThanOrEqual(256_000);
    expect(largest).toBeGreaterThan(255_800);
  });

  test('keeps its body up to the last byte that fits, or nearly', () => {
    const sizes = Array.from({ length: 200 }, (_, at) => 190_600 + 8 * at);
    const kept = sizes.filter((bytes) => isInline(storedEventOf({ body: jsonOf(bytes) })));
    const largest = kept.at(-1) ?? 0;
    expect([kept.length > 0, kept.length < sizes.length]).toEqual([true, true]);
    expect(Math.max(...entrySizesOf(storedEventOf({ body: jsonOf(largest) })))).toBeGreaterThan(255_900);
  });

  test('of 64 KiB keeps its body and fits, with the worst request that API Gateway lets through', () => {
    // 10,240 bytes of headers, all of which JSON writes with a second byte, or redaction makes longer.
    for (const headers of [{ 'x-worst': '"'.repeat(10_200) }, { 'x-worst': '\u0001'.repeat(10_200) }]) {
      const event = storedEventOf({ body: Buffer.alloc(65_536, 255), headers });
      expect(isInline(event)).toBe(true);
      expect(Math.max(...entrySizesOf(event))).toBeLessThanOrEqual(256_000);
      const twice = storedEventOf({ body: jsonOf(32_768), headers, settings: { raw: true } });
      expect(isInline(twice)).toBe(true);
      expect(Math.max(...entrySizesOf(twice))).toBeLessThanOrEqual(256_000);
    }
  });

  test.each([
    ['small items', 2_000, 100, true],
    ['one large item', 1, 220_000, false],
  ])('that is split keeps its body with %s', (_, count, size, expected) => {
    const item = `{"a":"${'x'.repeat(size)}"}`;
    const settings: NamedSettings = { split: { items: '/items' } };
    const event = storedEventOf({ body: Buffer.from(`{"items":[${Array(count).fill(item).join(',')}]}`), settings });
    expect(isInline(event)).toBe(expected);
    expect(largestInline(event)).toBeLessThanOrEqual(256_000);
  });
});
