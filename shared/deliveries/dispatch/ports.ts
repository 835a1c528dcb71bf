/** What dispatching needs of the world. Tests give it a world in virtual time. */

import type { Log } from '../../ground/aws/logger.ts';
import type { Send } from '../../ground/aws/outgoing-message.ts';
import type { RevisedStore } from '../../ground/aws/revised-item.ts';
import type { Destination } from '../destination/destination.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { DeliveryJob, DeliveryKey, Target } from './delivery-job.ts';
import type { AttemptNote, DeliveryRow } from './delivery-row.ts';
import type { listedStates } from './delivery-states.ts';
import type { DestinationHealth, Notice } from './destination-health.ts';

/** Time, and the waits of a function. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** From 0 to 1. */
  random(): number;
}

/** Wakes up a destination's lane. It lies among the rows, so that the sweep sends it like one. */
export interface LaneTimer {
  to: Target;
  /** When the lane is to work next, in epoch milliseconds. */
  due: number;
  /** Until when the timer is kept, for who parked something last. It goes only if that is long ago. */
  touched: number;
  /** The parked deliveries that operators asked for, in their order. Few, so that a lane finds them among any number. */
  asked?: AskedDelivery[] | undefined;
}

/** A delivery that an operator asked for, and the number of the attempt. */
export type AskedDelivery = DeliveryKey & { attempt: number };

/** Who may do the work that only one at a time may do, and until when, in epoch milliseconds. */
export interface Lease {
  owner: string;
  until: number;
  /** When its worker ends without handing on, because it is the last one of a chain. In epoch milliseconds. */
  ends?: number | undefined;
  /** The attempt that is under way. It is noted only after a worker that left its lease behind. */
  trying?: AskedDelivery | undefined;
}

/** Makes one attempt. `mayBegin` is asked right before the request. */
export type Attempt = (job: DeliveryJob, destination: Destination, mayBegin: () => boolean) => Promise<AttemptResult>;

/** Something that the sweep has to send. It is read from an index, so it may be older than what the table has. */
export type DueItem = { row: DeliveryRow } | { timer: LaneTimer };

/** Where a page of a list ended. */
export type Page<T> = { items: T[]; next: string | undefined };

export interface Deliveries {
  rows: RevisedStore<DeliveryKey, DeliveryRow>;
  /** By the id of the destination. */
  timers: RevisedStore<string, LaneTimer>;
  /** By the id of the destination. */
  health: RevisedStore<string, DestinationHealth>;
  /** By a name. */
  leases: RevisedStore<string, Lease>;
  /** Keeps what came of one attempt, besides the row, which has the last alone. */
  putAttempt(of: DeliveryKey & { expiresAt: number }, attempt: number, note: AttemptNote): Promise<void>;
  /** The attempts of a delivery that were kept so, in their order. */
  listAttempts(key: DeliveryKey): Promise<{ attempt: number; note: AttemptNote }[]>;
  /** What is due until a time, the earliest first. Eventually consistent. */
  listDue(shard: number, until: number, after: string | undefined): Promise<Page<DueItem>>;
  /** A destination's rows in a state, those of the oldest events first. Eventually consistent. */
  listByState(
    destination: string,
    state: (typeof listedStates)[number],
    after: string | undefined,
  ): Promise<Page<DeliveryRow>>;
}

/** The queues as one invocation uses them. */
export interface Queues {
  dispatch: Send<DeliveryJob>;
  overflow: Send<DeliveryJob>;
  lane: Send<Target>;
  /** Whether the invocation is the last one of its chain. The queues take nothing then: rows and timers say what the sweep sends. */
  isLast: boolean;
}

export interface DispatchPorts {
  deliveries: Deliveries;
  queues: Queues;
  /** A strongly consistent read. Undefined if the destination is gone, also if another one has its name. */
  readDestination(to: Target): Promise<Destination | undefined>;
  /** Tells operators, by an event on the bus. */
  publishNotices(
    to: Target,
    notices: readonly Notice[],
    givenUp: { count: number; sample?: string } | undefined,
  ): Promise<void>;
  clock: Clock;
  newId(): string;
  log: Log;
}
