import { expect, test } from '@jest/globals';
import { planOf } from './plan.ts';
import { stepsToTheEnd } from './steps-to-the-end.ts';

test.each([
  ['that shows its furthest time', { skew: 0, furthestSkew: 0 }, [150, 150, 150]],
  ['that was set back to before it began', { skew: -600_000, furthestSkew: 0 }, [750, 150, 150]],
  ['that went forward and not all the way back', { skew: 3_000_000, furthestSkew: 3_600_000 }, [750, 150, 150]],
])('a clock %s steps past every time that it has shown', (_, world, steps) => {
  expect(stepsToTheEnd(world)).toEqual(steps);
});

test('seed 555075 sets the clock back after a replay has begun', () => {
  const kept = planOf(555_075).filter((step) => step.do === 'replay' || step.do === 'step clock');
  expect(kept).toEqual([
    { do: 'replay', to: 0, what: 'all' },
    { do: 'step clock', seconds: -600 },
  ]);
});
