import { expect, test } from '@jest/globals';
import { timeRejection } from '../../../../shared/endpoints/signature/timestamp.ts';

const now = new Date('2026-03-01T12:00:00Z');

test.each([
  ['2026-03-01T12:00:00Z', 'rfc3339'],
  ['2026-03-01T13:00:00+01:00', 'rfc3339'],
  ['2026-03-01T05:00:00.000000001-07:00', 'rfc3339'],
  ['Sun, 01 Mar 2026 12:00:00 GMT', 'imf'],
  ['1772366400', 's'],
  ['1772366400000', 'ms'],
] as const)('the time %j is noon', (text, unit) => {
  const at = (milliseconds: number) => timeRejection(text, unit, 60, new Date(now.getTime() + milliseconds));
  expect([at(60_000), at(60_001)]).toEqual([undefined, 'timestamp_too_old']);
  expect([at(-60_000), at(-60_001)]).toEqual([undefined, 'timestamp_in_future']);
});

test.each([
  // `Date.parse` reads each of these texts as a time.
  ['+002026-03-01T12:00:00Z', 'rfc3339'],
  ['2026-03-01T12:00:00Z\0', 'rfc3339'],
  ['2026-03-01T12:00:00Z\0.{}', 'rfc3339'],
  ['2026-03-01T12:00:00\x0001:00', 'rfc3339'],
  ['Sun, 01 Mar 2026 12:00:00 GMT', 'rfc3339'],
  ['Mon, 01 Mar 2026 12:00:00 GMT', 'imf'],
  ['Sat, 01 Jan 10000 00:00:00 GMT', 'imf'],
  ['2026-03-01T12:00:00.00000000Z', 'imf'],
  ['Sun, 41 Mar 2026 12:00:00 GMT', 'imf'],
] as const)('the time %j is malformed as %s, even if the age does not count', (text, unit) => {
  expect(timeRejection(text, unit, undefined, now)).toBe('timestamp_malformed');
});

test.each([
  ['1', 's'],
  ['99999999999', 's'],
  ['1970-01-01T00:00:00Z', 'rfc3339'],
  ['9999-12-31T23:59:59Z', 'rfc3339'],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 'imf'],
] as const)('without a tolerance, the time %j is accepted', (text, unit) => {
  expect(timeRejection(text, unit, undefined, now)).toBeUndefined();
});
