/**
 * The plan of one seed. It is drawn completely before anything runs, so that a failing seed can be read and repeated.
 */
import fc from 'fast-check';
import { type DeliveryStep, deliveryPlanOf, woven } from './delivery-plan.ts';

/** How a call to a service fails. See `fault` of the local runtime. */
export const faultKinds = ['error-before', 'error-after', 'throttle', 'lost-answer'] as const;
export type FaultKind = (typeof faultKinds)[number];

/**
 * One webhook of a burst. `delivery` is the number in its delivery id. Equal numbers are repeats with the same bytes.
 */
export interface Webhook {
  delivery: number;
  size: number;
  isGenuine: boolean;
}

/** The number of the endpoint: 0 deduplicates by a header, 1 does not deduplicate. */
export type Step =
  | { do: 'send'; to: number; webhooks: Webhook[] }
  | { do: 'operate'; to: number; verb: 'activate' | 'deactivate' | 'rotate' | 'hold' | 'release' }
  | { do: 'replay'; to: number; what: 'one' | 'all' }
  | { do: 'fault'; service: 'dynamodb' | 's3' | 'events' | 'lambda'; kind: FaultKind; calls: number }
  | { do: 'refuse entries'; calls: number; forGood: boolean }
  | { do: 'full disk'; calls: number }
  | { do: 'kill'; what: 'process' | 'function'; after: number }
  | { do: 'step clock'; seconds: number }
  | { do: 'wake runner' };

export type Plan = (Step | DeliveryStep)[];

const endpoint = fc.integer({ min: 0, max: 1 });
const calls = fc.integer({ min: 1, max: 6 });

const webhook = fc.record({
  delivery: fc.integer({ min: 0, max: 14 }),
  // Large bodies are stored in the bucket.
  size: fc.oneof(
    { arbitrary: fc.integer({ min: 0, max: 3000 }), weight: 14 },
    { arbitrary: fc.constant(300_000), weight: 1 },
  ),
  isGenuine: fc.oneof({ arbitrary: fc.constant(true), weight: 7 }, { arbitrary: fc.constant(false), weight: 1 }),
});

const send = fc.record({
  do: fc.constant('send' as const),
  to: endpoint,
  webhooks: fc.array(webhook, { minLength: 2, maxLength: 12 }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: send, weight: 8 },
  {
    arbitrary: fc.record({
      do: fc.constant('operate' as const),
      to: endpoint,
      verb: fc.constantFrom('activate', 'deactivate', 'rotate', 'hold', 'release', 'hold', 'release' as const),
    }),
    weight: 5,
  },
  {
    arbitrary: fc.record({ do: fc.constant('replay' as const), to: endpoint, what: fc.constantFrom('one', 'all') }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      service: fc.constantFrom('dynamodb', 'dynamodb', 'dynamodb', 's3', 'events', 'lambda' as const),
      kind: fc.constantFrom(...faultKinds),
      calls,
    }),
    weight: 5,
  },
  { arbitrary: fc.record({ do: fc.constant('refuse entries' as const), calls, forGood: fc.boolean() }), weight: 2 },
  {
    arbitrary: fc.record({ do: fc.constant('full disk' as const), calls: fc.integer({ min: 5, max: 30 }) }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('kill' as const),
      what: fc.constantFrom('process', 'function' as const),
      after: fc.integer({ min: 0, max: 12 }),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({ do: fc.constant('step clock' as const), seconds: fc.integer({ min: -600, max: 3600 }) }),
    weight: 1,
  },
  { arbitrary: fc.constant({ do: 'wake runner' as const }), weight: 1 },
);

const plans = fc.tuple(send, fc.array(step, { minLength: 4, maxLength: 9 }), send);

/** The plan of a seed, always the same. It starts and ends with a burst, so that every fault has calls to hit. */
export function planOf(seed: number): Plan {
  const [[first, steps, last] = []] = fc.sample(plans, { seed, numRuns: 1 });
  if (!first || !steps || !last) throw new Error('a plan is drawn from every seed');
  return woven([first, ...steps, last], deliveryPlanOf(seed).steps);
}
