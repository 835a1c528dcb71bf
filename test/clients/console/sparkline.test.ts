import { expect, test } from '@jest/globals';
import { greatestMinute, sparklineBarsOf } from '../../../clients/console/connections/sparkline.ts';

const hour = (eventsByMinute: number[], rejectionsByMinute: number[]) => ({ eventsByMinute, rejectionsByMinute });

test('rejections stand on the events of their minute, and all charts have one scale', () => {
  const hours = [hour([2, 0, 1], [2, 1, 0]), hour([6, 0, 0], [0, 2, 2])];
  expect(greatestMinute(hours)).toBe(6);
  expect(greatestMinute(hours.slice(0, 1))).toBe(4);
  expect(sparklineBarsOf(hour([2, 0, 1], [2, 1, 0]), 8)).toEqual([
    { index: 0, height: 0.25, base: 0, kind: 'event' },
    { index: 0, height: 0.25, base: 0.25, kind: 'rejection' },
    { index: 1, height: 0.125, base: 0, kind: 'rejection' },
    { index: 2, height: 0.125, base: 0, kind: 'event' },
  ]);
});

test('the scale is that of all connections, however many there are', () => {
  const many = Array.from({ length: 5_000 }, () => hour(Array(60).fill(1), Array(60).fill(1)));
  expect(greatestMinute(many)).toBe(2);
});

test('an hour without anything has no bars', () => {
  expect([greatestMinute([hour([0, 0], [0, 0])]), greatestMinute([])]).toEqual([0, 0]);
  expect(sparklineBarsOf(hour([0, 0], [0, 0]), 0)).toEqual([]);
});
