import { expect, test } from '@jest/globals';
import { barsOf } from '../../console/connections/sparkline.ts';

test('rejections stand on the events of their minute, and the greatest minute has the height 1', () => {
  expect(barsOf([2, 0, 1], [2, 1, 0])).toEqual([
    { index: 0, height: 0.5, base: 0, kind: 'event' },
    { index: 0, height: 0.5, base: 0.5, kind: 'rejection' },
    { index: 1, height: 0.25, base: 0, kind: 'rejection' },
    { index: 2, height: 0.25, base: 0, kind: 'event' },
  ]);
});

test('an hour without anything has no bars', () => {
  expect(barsOf([0, 0], [0, 0])).toEqual([]);
});
