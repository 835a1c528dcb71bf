/** The part of a seed's plan that concerns destinations: how receivers are, and what operators do. */
import fc from 'fast-check';
import { type Manner, manners } from '../e2e/given-receiver.ts';
import type { Kind } from './check-deliveries.ts';

/** Says the kind of a webhook to the rules. */
export const kindHeader = 'x-kind';
/** Says which webhook it is. Short bodies have equal bytes. */
export const nameHeader = 'x-name';

/** How many destinations there are. A step names one of them by its number. */
export const destinationCount = 3;

export interface PlannedList {
  mode: 'all' | 'first';
  rules: { kind?: Kind; isMade: boolean; at: number }[];
}

export type KillMoment = 'asked' | 'answered' | 'recorded';

export type DeliveryStep =
  | { do: 'be'; at: number; manner: Manner }
  /** `leave`: to a port at which nobody listens. `replace`: delete it by force, and make another one with its name. */
  | { do: 'change'; at: number; what: 'move' | 'leave' | 'pause' | 'resume' | 'replace' }
  | { do: 'route'; endpoint: number; list: PlannedList }
  /** Kills the runtime when the next request has come: before it is answered, right after, or when the answer was written down perhaps. */
  | { do: 'kill at a request'; when: KillMoment }
  | { do: 'break service'; service: 'sqs' | 'dynamodb' | 'secretsmanager'; calls: number }
  | { do: 'redeliver' }
  | { do: 'sweep'; seconds: number }
  | { do: 'rest' };

const names: readonly string[] = [
  'be',
  'change',
  'route',
  'kill at a request',
  'break service',
  'redeliver',
  'sweep',
  'rest',
] satisfies DeliveryStep['do'][];

export const isDeliveryStep = (step: { do: string }): step is DeliveryStep => names.includes(step.do);

const at = fc.integer({ min: 0, max: destinationCount - 1 });

/** The last rule is for every webhook, so that something becomes of each. */
const list: fc.Arbitrary<PlannedList> = fc
  .tuple(
    fc.constantFrom('all', 'all', 'first' as const),
    fc.array(fc.record({ kind: fc.constantFrom('odd', 'even' as const), isMade: fc.boolean(), at }), { maxLength: 2 }),
    at,
  )
  .map(([mode, rules, rest]) => ({ mode, rules: [...rules, { isMade: false, at: rest }] }));

const manner = fc.oneof(
  { arbitrary: fc.constant('well' as const), weight: 2 },
  { arbitrary: fc.constantFrom(...(Object.keys(manners) as Manner[])), weight: 3 },
);

const step: fc.Arbitrary<DeliveryStep> = fc.oneof(
  {
    arbitrary: fc.record({
      do: fc.constant('be' as const),
      at,
      manner,
    }),
    weight: 8,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      at,
      what: fc.constantFrom('move', 'leave', 'pause', 'pause', 'resume', 'replace' as const),
    }),
    weight: 6,
  },
  {
    arbitrary: fc.record({ do: fc.constant('route' as const), endpoint: fc.integer({ min: 0, max: 1 }), list }),
    weight: 5,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('kill at a request' as const),
      when: fc.constantFrom('asked', 'answered', 'recorded' as const),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('break service' as const),
      service: fc.constantFrom('sqs', 'sqs', 'dynamodb', 'secretsmanager' as const),
      calls: fc.integer({ min: 1, max: 6 }),
    }),
    weight: 2,
  },
  { arbitrary: fc.constant({ do: 'redeliver' as const }), weight: 2 },
  {
    arbitrary: fc.record({ do: fc.constant('sweep' as const), seconds: fc.constantFrom(10, 60, 600, 4_000) }),
    weight: 5,
  },
  { arbitrary: fc.constant({ do: 'rest' as const }), weight: 3 },
);

const plans = fc.record({
  lists: fc.tuple(list, list),
  manners: fc.array(manner, { minLength: destinationCount, maxLength: destinationCount }),
  steps: fc.array(step, { minLength: 4, maxLength: 12 }),
  late: fc.array(step, { minLength: 2, maxLength: 6 }),
});

/**
 * The first lists of routes of the two endpoints, how each receiver is at first, and the steps in their order: some while webhooks come, and `late`
 * ones after each was attempted once.
 */
export interface DeliveryPlan {
  lists: [PlannedList, PlannedList];
  manners: Manner[];
  steps: DeliveryStep[];
  late: DeliveryStep[];
}

/** The plan of a seed, always the same. */
export function deliveryPlanOf(seed: number): DeliveryPlan {
  const [plan] = fc.sample(plans, { seed, numRuns: 1 });
  if (!plan) throw new Error('a plan is drawn from every seed');
  return plan;
}

/** Puts the steps of the one plan among those of the other, evenly. */
export function woven<A, B>(some: readonly A[], others: readonly B[]): (A | B)[] {
  const places = [
    ...some.map((step, place) => ({ step, place: (place + 0.5) / some.length })),
    ...others.map((step, place) => ({ step, place: (place + 1) / (others.length + 1) })),
  ];
  return places.sort((one, other) => one.place - other.place).map(({ step }) => step);
}
