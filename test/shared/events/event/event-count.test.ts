import { describe, expect, test } from '@jest/globals';
import type { EventRow } from '../../../../shared/events/event/event.ts';
import { countEvents } from '../../../../shared/events/event/event-count.ts';
import type { EventPageRequest } from '../../../../shared/events/event/event-page.ts';
import type { ReplaySkip } from '../../../../shared/events/event/replay-job.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const range = { from: '2026-03-01T10:00:00.000Z', to: '2026-03-01T11:00:00.000Z' };

/** The row of an event that arrived this many minutes after ten. An update costs `units`. */
const aRow = (minute: number, units: number, more: Partial<EventRow> = {}): EventRow => ({
  id: `evt_${minute}`,
  endpointId: 'e1',
  type: 'webhook',
  method: 'POST',
  size: 2,
  tokenId: 't1',
  receivedAt: new Date(Date.parse(range.from) + minute * 60_000).toISOString(),
  expiresAt: 9e9,
  units,
  ...more,
});

/** A table with these pages, and the pages that were requested. `repeat` gives the last page for ever. */
function aTable(pages: EventRow[][], repeat = false) {
  const requests: [string, EventPageRequest][] = [];
  const list = async (connectionId: string, page: EventPageRequest) => {
    const at = requests.push([connectionId, page]) - 1;
    const isLast = !repeat && at === pages.length - 1;
    return { events: pages[Math.min(at, pages.length - 1)] ?? [], next: isLast ? undefined : `position ${at + 1}` };
  };
  return { list, requests };
}

describe('a count of events', () => {
  test('goes through all pages, and adds up what an update of each event costs', async () => {
    const table = aTable([[aRow(1, 1), aRow(2, 3)], [], [aRow(5, 2)]]);
    expect(await countEvents(table, 'c1', range, now, () => true)).toEqual({
      count: 3,
      first: '2026-03-01T10:01:00.000Z',
      last: '2026-03-01T10:05:00.000Z',
      complete: true,
      skipped: 0,
      skippedBecause: {},
      writeUnits: 6,
      sample: [aRow(1, 1), aRow(2, 3), aRow(5, 2)],
    });
    const page = { order: 'asc', limit: 500, ...range, type: undefined, now };
    expect(table.requests).toEqual([
      ['c1', { ...page, after: undefined }],
      ['c1', { ...page, after: 'position 1' }],
      ['c1', { ...page, after: 'position 2' }],
    ]);
  });

  test('of no events has no first and no last', async () => {
    expect(await countEvents(aTable([[]]), 'c1', range, now, () => true)).toEqual({
      count: 0,
      first: null,
      last: null,
      complete: true,
      skipped: 0,
      skippedBecause: {},
      writeUnits: 0,
      sample: [],
    });
  });

  test('has only the selected events', async () => {
    const table = aTable([[aRow(1, 1, { held: 'h1' }), aRow(2, 1), aRow(3, 1, { held: 'h1' }), aRow(4, 1)]]);
    expect(await countEvents(table, 'c1', range, now, ({ held }) => held === 'h1')).toMatchObject({
      count: 2,
      first: '2026-03-01T10:01:00.000Z',
      last: '2026-03-01T10:03:00.000Z',
      writeUnits: 2,
    });
  });

  test('says why a replay skips events, which need no update', async () => {
    const reasons: Record<string, ReplaySkip> = { evt_1: 'test', evt_2: 'held', evt_4: 'held' };
    const table = aTable([[aRow(1, 5), aRow(2, 5), aRow(3, 4)], [aRow(4, 5)]]);
    const found = await countEvents(
      table,
      'c1',
      range,
      now,
      () => true,
      ({ id }) => reasons[id],
    );
    expect(found).toMatchObject({ count: 4, skipped: 3, skippedBecause: { test: 1, held: 2 }, writeUnits: 4 });
    expect(found.sample.map(({ id }) => id)).toEqual(['evt_3']);
  });

  test('shows the first five', async () => {
    const table = aTable([[1, 2, 3].map((minute) => aRow(minute, 1)), [4, 5, 6].map((minute) => aRow(minute, 1))]);
    const { sample } = await countEvents(table, 'c1', range, now, () => true);
    expect(sample.map(({ id }) => id)).toEqual(['evt_1', 'evt_2', 'evt_3', 'evt_4', 'evt_5']);
  });

  test('reads 20 pages at most, and is then not complete', async () => {
    const endless = aTable([[aRow(1, 1)]], true);
    expect(await countEvents(endless, 'c1', range, now, () => true)).toMatchObject({ count: 20, complete: false });
    expect(endless.requests).toHaveLength(20);
    const twenty = aTable(Array(20).fill([aRow(1, 1)]));
    expect(await countEvents(twenty, 'c1', range, now, () => true)).toMatchObject({ count: 20, complete: true });
  });
});
