/**
 * The states of a delivery, and those of the health of its destination, as tables. What is shown, allowed and listed derives from
 * them; the drawings in the README of this wing are compared with them.
 */

interface StateRow {
  /** Whether something is still to come. What is live is cancelled with its destination; all others are ends. */
  isLive: boolean;
  /** Whether the index by state has it. The index by destination has all. */
  isListed: boolean;
  /** Whether an operator may send it again. `if_named`: of many only if the request names this state, because the receiver has them. */
  redeliver: 'usually' | 'if_named' | 'never';
  /** The states that it can have next. A redelivered one waits in any case. */
  next: readonly string[];
}

const end = {
  isLive: false,
  isListed: true,
  // The receiver can still say that an attempt under way went well. Then it has it, whatever the row says.
  next: ['delivered'],
} as const;

/** A delivery that has no row yet waits in the queue. */
const states = {
  /** An attempt is due, in the queue or at `due`. */
  waiting: {
    isLive: true,
    isListed: true,
    redeliver: 'never',
    next: ['waiting', 'parked', 'delivered', 'failed', 'given_up', 'cancelled', 'expired'],
  },
  /** Its destination's lane will attempt it. */
  parked: {
    isLive: true,
    isListed: true,
    redeliver: 'never',
    next: ['waiting', 'parked', 'delivered', 'failed', 'given_up', 'cancelled', 'expired'],
  },
  /** With a 2xx. */
  delivered: { isLive: false, isListed: false, redeliver: 'if_named', next: ['delivered'] },
  /** For a reason that no repetition mends. */
  failed: { ...end, redeliver: 'usually' },
  /** After all attempts. */
  given_up: { ...end, redeliver: 'usually' },
  /** Its destination is gone, or its transform left nothing. */
  cancelled: { ...end, redeliver: 'usually' },
  /** Its event is gone. */
  expired: { ...end, redeliver: 'never' },
} as const satisfies Record<string, StateRow>;

export type DeliveryState = keyof typeof states;
type In<Rule> = { [State in DeliveryState]: (typeof states)[State] extends Rule ? State : never }[DeliveryState];

export const deliveryStates = Object.keys(states) as DeliveryState[];
const statesIn = <Rule extends Partial<StateRow>>(rule: Rule): In<Rule>[] =>
  deliveryStates.filter((state): state is In<Rule> =>
    Object.entries(rule).every(([name, value]) => states[state][name as keyof StateRow] === value),
  );

export const liveStates = /* @__PURE__ */ statesIn({ isLive: true } as const);
/** The states that the index by state has. */
export const listedStates = /* @__PURE__ */ statesIn({ isListed: true } as const);
/** What is redelivered if nobody said anything else: all that did not arrive. */
export const undelivered = /* @__PURE__ */ statesIn({ redeliver: 'usually' } as const);
/** The ends after which a delivery can be sent again. */
export const redeliverableStates = /* @__PURE__ */ [...undelivered, ...statesIn({ redeliver: 'if_named' } as const)];
export type RedeliverableState = (typeof redeliverableStates)[number];

/** Whether something is still to come. */
export const isLive = ({ status }: { status: DeliveryState }): boolean => states[status].isLive;

/** The states that one can have next, apart from a redelivery. */
export const nextStates = (state: DeliveryState): readonly DeliveryState[] => states[state].next;

/**
 * Who attempts the deliveries of a destination in each state of its health, and which state it can have next. The lane serves a slow one in
 * any state.
 */
export const healthStates = {
  closed: { servedBy: 'queue', next: ['closed', 'recovering', 'open'] },
  /** The lane makes more and more attempts a second. */
  recovering: { servedBy: 'lane', next: ['recovering', 'closed', 'open'] },
  /** The lane makes one probe at a time. */
  open: { servedBy: 'lane', next: ['open', 'recovering'] },
} as const;
export type HealthState = keyof typeof healthStates;
