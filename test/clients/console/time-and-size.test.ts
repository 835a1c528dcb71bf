import { describe, expect, it } from '@jest/globals';
import { byteSize } from '../../../clients/console/byte-size.ts';
import { isoOf, typedTimeOf } from '../../../clients/console/events/local-time.ts';
import { localeOf } from '../../../clients/console/locale.ts';
import { pollInterval, wholeListInterval } from '../../../clients/console/poll-interval.ts';
import {
  absoluteMinute,
  absoluteTime,
  exactTime,
  relativeMinute,
  relativeTime,
} from '../../../clients/console/relative-time.ts';
import { text } from '../../../clients/console/text.ts';

const now = new Date('2026-11-26T12:00:00.000Z');

it.each([
  ['2026-11-26T12:00:00.000Z', 'just now'],
  ['2026-11-26T11:59:59.100Z', 'just now'],
  ['2026-11-26T11:59:59.000Z', '1 second ago'],
  ['2026-11-26T11:59:00.001Z', '59 seconds ago'],
  ['2026-11-26T11:59:00.000Z', '1 minute ago'],
  ['2026-11-26T11:00:01.000Z', '59 minutes ago'],
  ['2026-11-26T10:00:00.000Z', '2 hours ago'],
  ['2026-11-24T12:00:00.000Z', '2 days ago'],
  ['2026-11-26T13:30:00.000Z', 'in 1 hour'],
  ['2026-11-26T12:00:02.000Z', 'just now'],
  ['2026-11-26T12:00:10.000Z', 'in 10 seconds'],
])('%s is %s', (time, expected) => {
  expect(relativeTime(time, now)).toBe(expected);
});

it.each([
  ['2026-11-26T12:00:00.000Z', 'in the last minute'],
  ['2026-11-26T11:59:01.000Z', 'in the last minute'],
  ['2026-11-26T11:59:00.000Z', '1 minute ago'],
  ['2026-11-26T10:00:00.000Z', '2 hours ago'],
  ['2026-11-26T12:00:30.000Z', 'in the last minute'],
])('of the minute that begins at %s nothing is said to the second: %s', (minute, expected) => {
  expect(relativeMinute(minute, now)).toBe(expected);
  expect(absoluteMinute(minute)).toMatch(/^Nov 2[567], 2026, \d+:\d\d [AP]M$/);
});

it('an exact time names its time zone, which is never alone in a line', () => {
  const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'short' }).format(now).split(' ').at(-1);
  expect(absoluteTime(now.toISOString())).toMatch(/^Nov 2[567], 2026, \d+:\d\d:00 [AP]M\u00a0/);
  expect(absoluteTime(now.toISOString()).endsWith(`M\u00a0${zone}`)).toBe(true);
  const exact = exactTime('2026-11-26T12:00:01.007Z');
  expect([exact.endsWith(`M\u00a0${zone}`), exact]).toEqual([
    true,
    expect.stringMatching(/^Nov 2[567], 2026, \d+:\d\d:01\.007 [AP]M\u00a0/),
  ]);
});

it.each([
  ['en-US', '2:05 PM'],
  ['en-GB', '14:05'],
  ['de-DE', '14:05'],
  ['ja', '14:05'],
  ['hi-IN', '2:05 PM'],
])('in a browser in the language %s, a time of day is written as %s', (language, expected) => {
  const clock = new Intl.DateTimeFormat(localeOf(language), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  expect(clock.format(new Date('2026-11-26T14:05:00.000Z')).replaceAll('\u202f', ' ')).toBe(expected);
  expect(clock.format(new Date('2026-11-26T00:05:00.000Z'))).not.toMatch(/^24/);
});

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1_048_575, '1024.0 KiB'],
  [4_194_304, '4.0 MiB'],
])('%d bytes are %s', (bytes, expected) => {
  expect(byteSize(bytes)).toBe(expected);
});

it('a live list is read every two seconds, and more rarely while nothing comes, at least every 15 seconds', () => {
  expect([0, 1, 2, 5, 100].map(pollInterval)).toEqual([2000, 3000, 4500, 15_000, 15_000]);
});

it.each([
  [0, 50, 10_000],
  [50, 50, 10_000],
  [51, 50, 10_200],
  [200, 50, 40_000],
  [300, 50, 60_000],
  [5_000, 50, 60_000],
  [400, 200, 20_000],
])('a list of %i rows, short up to %i, is read every %i ms', (rows, shortRows, ms) => {
  expect(wholeListInterval(rows, shortRows)).toBe(ms);
});

describe('a number in a sentence', () => {
  const { shell, connections, events, event, replays, handshake } = text;
  it.each<[(count: number) => string, [none: string, one: string, many: string]]>([
    [(count) => shell.found(count), ['0 found', '1 found', '1,234 found']],
    [
      (count) => connections.counts(count, 2, true),
      ['0 events, 2 rejections', '1 event, 2 rejections', '1,234 events, 2 rejections'],
    ],
    [
      (count) => connections.counts(2, count, true),
      ['2 events, 0 rejections', '2 events, 1 rejection', '2 events, 1,234 rejections'],
    ],
    [
      (count) => connections.counts(2, count, false),
      ['2 events, at least 0 rejections', '2 events, at least 1 rejection', '2 events, at least 1,234 rejections'],
    ],
    [(count) => events.showNew(count, false), ['Show 0 new events', 'Show 1 new event', 'Show 1234 new events']],
    [
      (count) => events.showNew(count, true),
      ['Show 0 or more new events', 'Show 1 or more new events', 'Show 1234 or more new events'],
    ],
    [event.replayed, ['Published again: replay 0.', 'Published again: replay 1.', 'Published again: replay 1234.']],
    [
      (count) => replays.found(count, true),
      [
        '0 events would be published again.',
        '1 event would be published again.',
        '1,234 events would be published again.',
      ],
    ],
    [(count) => replays.progress(0, count), ['0 of 0 events', '0 of 1 event', '0 of 1,234 events']],
    [(count) => replays.progress(count, null), ['0 events', '1 event', '1,234 events']],
    [
      handshake.answered,
      ['0 handshakes were answered, the last', '1 handshake was answered,', '1,234 handshakes were answered, the last'],
    ],
  ])('%# is of none, one or many', (sentence, expected) => {
    expect([0, 1, 1_234].map(sentence)).toEqual(expected);
  });
});

describe('a time that a person types', () => {
  it('is in the time zone of the browser', () => {
    expect(isoOf('2026-11-26T09:30')).toBe(new Date(2026, 10, 26, 9, 30).toISOString());
    expect(isoOf(' 2026-11-26 09:30:15 ')).toBe(new Date(2026, 10, 26, 9, 30, 15).toISOString());
  });

  it.each(['', 'yesterday', '2026-11-26', '2026-13-26T09:30', '2026-11-26T9:30'])('is not %j', (typed) => {
    expect(isoOf(typed)).toBeUndefined();
  });

  it('is shown as it is typed', () => {
    expect(typedTimeOf(new Date(2026, 0, 5, 9, 7))).toBe('2026-01-05T09:07');
  });
});
