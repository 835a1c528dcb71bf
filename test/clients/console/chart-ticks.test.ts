/** What is written below the bars of a chart. */
import { expect, test } from '@jest/globals';
import type { RangeName } from '../../../clients/console/charts/periods.ts';
import { tickOf } from '../../../clients/console/charts/span-text.ts';

test.each<[RangeName, zone: string, at: string, tick: string]>([
  ['1h', 'UTC', '2026-11-26T10:05:00.000Z', '10:05 AM'],
  ['24h', 'UTC', '2026-11-26T10:00:00.000Z', '10:00 AM'],
  // Where a day begins, so does its date.
  ['24h', 'UTC', '2026-11-26T00:00:00.000Z', 'Nov 26'],
  ['1h', 'UTC', '2026-11-26T00:00:00.000Z', 'Nov 26'],
  ['24h', 'Europe/Berlin', '2026-11-25T23:00:00.000Z', 'Nov 26'],
  ['24h', 'Europe/Berlin', '2026-11-26T00:00:00.000Z', '1:00 AM'],
  ['24h', 'UTC', '2026-11-26T12:00:00.000Z', '12:00 PM'],
  // No hour of UTC begins at midnight there: the first hour of the day has the date.
  ['24h', 'Asia/Kathmandu', '2026-11-25T19:00:00.000Z', 'Nov 26'],
  ['24h', 'Asia/Kathmandu', '2026-11-25T18:00:00.000Z', '11:45 PM'],
  ['1h', 'Asia/Kathmandu', '2026-11-25T18:16:00.000Z', '12:01 AM'],
  ['7d', 'UTC', '2026-11-26T00:00:00.000Z', 'Thu, Nov 26'],
  ['30d', 'UTC', '2026-11-26T00:00:00.000Z', 'Nov 26'],
])('in %s, in %s, of %s: %s', (range, zone, at, tick) => {
  expect(tickOf(range, zone)(at).replaceAll('\u202f', ' ')).toBe(tick);
});
