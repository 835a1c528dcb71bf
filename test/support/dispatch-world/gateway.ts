/** The real code of dispatching, with its ports in a world in virtual time. */
import type { SQSEvent } from 'aws-lambda';
import type { Destination, DestinationRecord } from '../../../shared/deliveries/destination/destination.ts';
import type { DestinationRecordChange } from '../../../shared/deliveries/destination/destination-change.ts';
import type { DestinationValue } from '../../../shared/deliveries/destination/destination-value.ts';
import type { GetToken } from '../../../shared/deliveries/destination/oauth-token.ts';
import { attemptNow } from '../../../shared/deliveries/dispatch/attempt-now.ts';
import { type AttemptResult, wasSent } from '../../../shared/deliveries/dispatch/attempt-result.ts';
import { cancelDeliveries } from '../../../shared/deliveries/dispatch/cancel-deliveries.ts';
import { queuesAt, receivedMessages } from '../../../shared/deliveries/dispatch/chained-queues.ts';
import { deliveryAttempt } from '../../../shared/deliveries/dispatch/delivery-attempt.ts';
import { contentOf } from '../../../shared/deliveries/dispatch/delivery-content.ts';
import {
  type DeliveryJob,
  deliveryJobSchema,
  type Target,
  targetSchema,
} from '../../../shared/deliveries/dispatch/delivery-job.ts';
import type { DeliveryRow } from '../../../shared/deliveries/dispatch/delivery-row.ts';
import { beginGeneration, effectOf } from '../../../shared/deliveries/dispatch/destination-effect.ts';
import type { DestinationHealth } from '../../../shared/deliveries/dispatch/destination-health.ts';
import { dispatchBatch, type Received } from '../../../shared/deliveries/dispatch/dispatch-batch.ts';
import { healthLog } from '../../../shared/deliveries/dispatch/health-log.ts';
import { serveLane } from '../../../shared/deliveries/dispatch/lane.ts';
import { timerKeeper } from '../../../shared/deliveries/dispatch/lane-timer.ts';
import { matchEvents } from '../../../shared/deliveries/dispatch/match-events.ts';
import { noteTest } from '../../../shared/deliveries/dispatch/note-test.ts';
import { parkDelivery } from '../../../shared/deliveries/dispatch/park-deliveries.ts';
import type {
  Deliveries,
  DispatchPorts,
  DueItem,
  LaneTimer,
  Lease,
  Attempt as MakeAttempt,
} from '../../../shared/deliveries/dispatch/ports.ts';
import { redeliver } from '../../../shared/deliveries/dispatch/redeliver.ts';
import { anyRule, eventRouter } from '../../../shared/deliveries/dispatch/route-event.ts';
import { sweepShard } from '../../../shared/deliveries/dispatch/sweep-due.ts';
import type { Routes } from '../../../shared/deliveries/route/routes.ts';
import type { StoredEvent } from '../../../shared/events/event/event.ts';
import type { WriteResult } from '../../../shared/ground/aws/conditional-write.ts';
import { firstInChain, type InChain } from '../../../shared/ground/aws/invocation-chain.ts';
import { Refusal } from '../../../shared/ground/base/refusal.ts';
import { deleteDestination } from '../../../shared/operators/operation/delete-destination.ts';
import { editDestination } from '../../../shared/operators/operation/edit-destination.ts';
import type { OperationContext } from '../../../shared/operators/operation/operation.ts';
import {
  attemptWaiting,
  pauseDestination,
  resumeDestination,
} from '../../../shared/operators/operation/pause-destination.ts';
import { testDestination } from '../../../shared/operators/operation/test-destination.ts';
import { Checker, idOf, type SentAttempt } from './checker.ts';
import { type Faults, Fleet, type Instance, Throttled, Trouble } from './fleet.ts';
import { Executions, type Message, Queue } from './queue.ts';
import type { Answer } from './receivers.ts';
import { LateIndex, Table, usualLag } from './table.ts';
import { hour, minute, second, type VirtualTime } from './virtual-time.ts';

/** The partitions of what is due. */
const shards = [0, 1, 2, 3];

/** An event that has routes. */
export type WorldEvent = StoredEvent & { replays: number; routes: string };

export interface GatewayOptions {
  faults: Faults;
  hasLag: boolean;
  isTraced: boolean;
  /** How many executions each function has. */
  dispatchConcurrency: number;
  laneConcurrency: number;
  /** Whether lanes run in the executions of dispatch, which they must not. */
  lanesInDispatch: boolean;
  /** Whether nothing takes long that is well. */
  isPrompt: boolean;
  /** Whether a destination's backlog in the queue keeps back no other's. */
  isFair: boolean;
}

/** What the gateway asks the world outside. */
export interface Outside {
  answer(destination: Target, event: WorldEvent, url: string, timeoutMs: number): Answer;
  /** What a test gets. No event is poisonous there. */
  answerTest(destination: Target, url: string, timeoutMs: number): Answer;
  isPoison(event: string): boolean;
  /** Whether an attempt of an event ends the function. */
  endsFunction(event: string): boolean;
  /** Operators act at the worst moment. */
  meddle(where: Moment, to: Target): void;
  /** Operators ask for a delivery whose message or attempt begins, or which is parked just now. */
  meddleWith(id: string, to: Target): void;
  /** Whether the secret of a destination can't be read. */
  isUnreadable(destination: Target): boolean;
}

/** Where operators act: while something is parked, the lane works, much is in flight or a test runs, and right after the opening. */
export type Moment = 'park' | 'lane' | 'flight' | 'test' | 'opening';

export const bodyOf = ({ id, receivedAt }: Pick<StoredEvent, 'id' | 'receivedAt'>): string => `${id} of ${receivedAt}`;

const giveUpMsOf = ({ giveUpAfterHours }: Destination): number => giveUpAfterHours * 60 * minute;

/** What an operator allows. */
function limitsOf(destination: Destination | undefined): { perMinute: number; concurrency: number } {
  const { rate, concurrency = Number.POSITIVE_INFINITY } = destination ?? {};
  if (rate === undefined) return { perMinute: Number.POSITIVE_INFINITY, concurrency };
  return { perMinute: 'perMinute' in rate ? rate.perMinute : 60 * rate.perSecond, concurrency };
}

/** The ports of one instance, which has a memory of its own. */
interface InstancePorts extends DispatchPorts {
  queuesAt: ReturnType<typeof queuesAt>;
  ensureTimer: ReturnType<typeof timerKeeper>;
  health: ReturnType<typeof healthLog>;
  attempt: MakeAttempt;
}

export class Gateway {
  readonly checker: Checker;
  readonly trouble: Trouble;
  readonly destinations: Table<DestinationRecord>;
  readonly values = new Map<string, DestinationValue>();
  readonly events = new Map<string, WorldEvent>();
  /** Lists of routes by their versions. */
  readonly routes = new Map<string, Routes>();
  /** Large bodies. */
  readonly bodies = new Map<string, Buffer>();
  readonly rows: Table<DeliveryRow>;
  readonly timers: Table<LaneTimer>;
  readonly health: Table<DestinationHealth>;
  readonly leases: Table<Lease>;
  readonly queues: {
    dispatch: Queue<DeliveryJob & InChain>;
    overflow: Queue<DeliveryJob & InChain>;
    lane: Queue<Target & InChain>;
  };

  readonly #time: VirtualTime;
  readonly #outside: Outside;
  readonly #due: LateIndex<DueItem>;
  readonly #byState: LateIndex<DeliveryRow>;
  readonly #pageSize: number;
  readonly #isPrompt: boolean;
  readonly #ports = new WeakMap<Instance, InstancePorts>();
  /** When a copy of a destination was read. */
  readonly #readAt = new WeakMap<Destination, number>();
  readonly #fleets: Record<'dispatch' | 'overflow' | 'lane' | 'sweep' | 'relay' | 'follow' | 'api', Fleet>;
  readonly #flying = new Map<string, number>();
  /** What the present invocation of an instance has delivered. */
  readonly #delivered = new WeakMap<Instance, SentAttempt[]>();
  /** When a destination's secret could not be read last. */
  readonly #unreadable = new Map<string, number>();
  /** Instances whose lane met a fault in this invocation. */
  readonly #interrupted = new WeakSet<Instance>();
  /** Changes of destinations that are not followed yet. */
  readonly #changes: DestinationRecordChange[] = [];
  #ids = 0;
  #minutes = 0;

  constructor(time: VirtualTime, options: GatewayOptions, outside: Outside) {
    const { faults, hasLag, isTraced } = options;
    this.#time = time;
    this.#isPrompt = options.isPrompt;
    this.#outside = outside;
    this.trouble = new Trouble(time, faults);
    this.#pageSize = options.isPrompt ? 200 : time.pick([2, 10, 200]);
    this.checker = new Checker(time, { faults, isTraced, isCalm: !hasLag && faults.crash === 0 }, this.#observed());
    const lag = hasLag ? usualLag(time, this.trouble) : () => 0;
    this.#due = new LateIndex(time, lag);
    this.#byState = new LateIndex(time, lag);
    this.destinations = new Table((_, before, after) => this.#destinationChanged(before, after));
    this.rows = new Table((id, before, after) => this.#rowChanged(id, before, after));
    this.timers = new Table((id, _, timer) => this.#timerChanged(id, timer));
    this.health = new Table((id, before, after) => this.#healthChanged(id, before, after));
    this.leases = new Table((name, _, lease) =>
      this.checker.note(() => `lease ${name} ${lease ? `${lease.owner} until ${lease.until}` : 'free'}`),
    );
    const leftRunning = (instance: string): void => {
      // When one of several calls fails, nobody waits for the others.
      if (faults.throttle === 0) this.checker.violate('left something running', instance);
    };
    const fleet = (name: string) => new Fleet(name, time, this.trouble, leftRunning);
    this.#fleets = {
      dispatch: fleet('dispatch'),
      overflow: fleet('overflow'),
      lane: fleet('lane'),
      sweep: fleet('sweep'),
      relay: fleet('relay'),
      follow: fleet('follow'),
      api: fleet('api'),
    };
    const shared = new Executions(options.dispatchConcurrency);
    const usual = {
      timeoutMs: minute,
      visibilityMs: 6 * minute,
      maxReceives: 12,
      onFailure: this.#unexpected,
      onInvocation: (instance: Instance) => this.checker.invoked(instance),
    };
    this.queues = {
      dispatch: new Queue(time, this.trouble, {
        ...usual,
        name: 'dispatch',
        executions: shared,
        fleet: this.#fleets.dispatch,
        batch: 10,
        groupOf: options.isFair ? ({ to }) => to.id : undefined,
        handle: (instance, messages) => this.#dispatch(instance, messages),
      }),
      overflow: new Queue(time, this.trouble, {
        ...usual,
        name: 'overflow',
        executions: new Executions(5),
        fleet: this.#fleets.overflow,
        batch: 10,
        handle: (instance, messages) => this.#park(instance, messages),
      }),
      lane: new Queue(time, this.trouble, {
        ...usual,
        name: 'lane',
        executions: options.lanesInDispatch ? shared : new Executions(options.laneConcurrency),
        fleet: this.#fleets.lane,
        batch: 1,
        timeoutMs: 2 * minute,
        visibilityMs: 12 * minute,
        handle: (instance, messages) => this.#serve(instance, messages),
      }),
    };
  }

  #observed() {
    return {
      row: (id: string) => this.rows.value(id),
      rows: () => [...this.rows.items.values()].map(({ value }) => value),
      lease: (name: string) => this.leases.value(name),
      health: (id: string) => this.health.value(id),
      hasTimer: (id: string) => this.timers.items.has(id),
      timers: () => [...this.timers.items.keys()],
      isThere: (to: Target) => this.destination(to) !== undefined,
      giveUpMs: (to: Target) => {
        const destination = this.destination(to);
        return destination ? giveUpMsOf(destination) : Number.POSITIVE_INFINITY;
      },
      retries: (to: Target) => this.destination(to) ?? {},
      limits: (to: Target) => limitsOf(this.destination(to)),
      isPoison: (event: string) => this.#outside.isPoison(event),
      isUnreadable: ({ id }: Target) => (this.#unreadable.get(id) ?? 0) > this.#time.now - hour,
    };
  }

  /** The destination as it is now. */
  destination({ id, name }: Target): Destination | undefined {
    const found = this.destinations.value(name);
    return found && 'id' in found && found.id === id ? found : undefined;
  }

  /** An error that is no fault of a service. */
  readonly #unexpected = (error: unknown): void => {
    if (error instanceof Throttled) return;
    this.checker.violate('an unexpected error', (error as Error).stack ?? String(error));
  };

  // ---- what follows from a change of the tables

  #destinationChanged(before: DestinationRecord | undefined, after: DestinationRecord | undefined): void {
    const [was, is] = [before, after].map((record) => (record && 'id' in record ? record : undefined));
    const id = (is ?? was)?.id ?? '';
    this.checker.note(() => `destination ${id} ${is ? `${is.status} generation ${is.generation}` : 'removed'}`);
    this.#changes.push({ before, after, requestId: '' });
    if (this.#changes.length === 1) this.#follow();
    if (is?.status === 'paused' && was?.status !== 'paused') this.checker.paused(id);
    if (was?.status === 'paused' && is?.status !== 'paused') this.checker.resumed(id);
  }

  /** The stream of the destinations' table: one change after the other, and each until it is followed. */
  #follow(): void {
    const [change] = this.#changes;
    if (!change) return;
    const work = async (instance: Instance) => {
      const ports = this.#portsOf(instance);
      const effect = effectOf(change);
      if (effect?.kind === 'begun') await beginGeneration(effect.destination, ports);
      if (effect?.kind === 'deleted')
        await cancelDeliveries(effect.destination.id, ports.clock.now() + 30 * second, ports);
    };
    const soon = this.#time.chance(0.9) ? this.#time.between(100, second) : this.#time.between(second, 2 * minute);
    this.#time.in(this.trouble.isOver ? 200 : soon, () =>
      this.#fleets.follow.invoke(work, minute, (ending) => {
        if (typeof ending === 'object' && 'error' in ending) this.#unexpected(ending.error);
        if (typeof ending === 'object' && 'value' in ending) this.#changes.shift();
        this.#follow();
      }),
    );
  }

  #rowChanged(id: string, before: DeliveryRow | undefined, row: DeliveryRow | undefined): void {
    // The row of a message for all rules goes when all are known.
    const isForAll = (row ?? before)?.rule === anyRule;
    if (!row && !isForAll) this.checker.violate('a row was removed', id);
    if (row && !isForAll) this.checker.rowChanged(row, before);
    if (!row) {
      this.#byState.change(id, undefined, []);
      this.#due.change(id, undefined, []);
      return;
    }
    const state = { partition: `${row.to.id}#${row.status}`, order: `${row.receivedAt}#${id}` };
    this.#byState.change(id, row, row.status === 'delivered' ? [] : [state]);
    this.#due.change(id, { row }, row.due === undefined ? [] : [this.#dueAt(id, row.due)]);
  }

  #healthChanged(id: string, before: DestinationHealth | undefined, after: DestinationHealth | undefined): void {
    this.checker.healthChanged(id, after, before);
    if (after?.state !== 'open' || before?.state === 'open') return;
    const to = this.timers.value(id)?.to;
    if (to) this.#outside.meddle('opening', to);
  }

  #timerChanged(id: string, timer: LaneTimer | undefined): void {
    this.checker.note(() => (timer ? `timer ${id} due ${timer.due}` : `timer ${id} removed`));
    this.#due.change(`timer#${id}`, timer && { timer }, timer ? [this.#dueAt(`timer#${id}`, timer.due)] : []);
  }

  #dueAt(key: string, due: number) {
    return { partition: `${key.length % shards.length}`, order: `${String(due).padStart(15, '0')}#${key}` };
  }

  // ---- the ports

  #portsOf(instance: Instance): InstancePorts {
    const known = this.#ports.get(instance);
    if (known) return known;
    const clock = {
      now: () => this.#time.now,
      sleep: (ms: number) => instance.wait(ms),
      random: this.#time.random,
    };
    const atPlace = queuesAt({
      dispatch: this.queues.dispatch.send(instance),
      overflow: this.queues.overflow.send(instance),
      lane: this.queues.lane.send(instance),
    });
    const base: DispatchPorts = {
      deliveries: this.#deliveries(instance),
      queues: atPlace(firstInChain),
      readDestination: (to) => this.#readDestination(instance, to),
      publishNotices: async (to, notices, givenUp) => {
        // The bus fails more often than other services, so that it fails at all in a run.
        for (let call = 0; call < 20; call += 1) if (this.trouble.has('throttle')) throw new Throttled();
        await instance.call(() => this.checker.published(to, notices, givenUp?.count ?? 0));
      },
      clock,
      newId: () => {
        this.#ids += 1;
        return `${instance.name}/${this.#ids}`;
      },
      log: ({ warning, fault }) => {
        if (warning === 'lane_interrupted') this.#interrupted.add(instance);
        if (warning === 'lane_left_behind' || warning === 'attempt_postponed') return;
        // A message that is neither in the queue nor in the table comes again.
        if (warning === 'event_not_routed' && fault === 'Error') return;
        if (warning !== undefined && fault !== 'ThrottlingException')
          this.checker.violate('an unexpected error', `${instance.name}: ${warning} ${fault}`);
      },
    };
    const ensureTimer = timerKeeper(base);
    const health = healthLog({ ...base, ensureTimer });
    const attempt: MakeAttempt = (job, seen, mayBegin) => this.#attempt(instance, job, seen, mayBegin);
    const ports = { ...base, queuesAt: atPlace, ensureTimer, health, attempt };
    this.#ports.set(instance, ports);
    return ports;
  }

  #deliveries(instance: Instance): Deliveries {
    return {
      rows: this.rows.store(instance, idOf),
      timers: this.timers.store(instance, (id) => id),
      health: this.health.store(instance, (id) => id),
      leases: this.leases.store(instance, (name) => name),
      putAttempt: () => instance.call(() => undefined),
      listAttempts: () => instance.call(() => []),
      listDue: (shard, until, after) =>
        instance.call(() => this.#due.page(`${shard}`, this.#pageSize, after, `${String(until).padStart(15, '0')}#~`)),
      listByState: (destination, state, after) =>
        instance.call(() => this.#byState.page(`${destination}#${state}`, this.#pageSize, after)),
    };
  }

  async #readDestination(
    instance: Instance,
    to: Target,
    seen?: (destination: Destination | undefined) => void,
  ): Promise<Destination | undefined> {
    const asked = this.#time.now;
    const found = await instance.call(() => {
      const destination = this.destination(to);
      seen?.(destination);
      return destination;
    });
    const copy = found && { ...found };
    if (copy) this.#readAt.set(copy, asked);
    return copy;
  }

  // ---- an attempt

  async #attempt(instance: Instance, job: DeliveryJob, seen: Destination, mayBegin: () => boolean) {
    const { clock } = this.#portsOf(instance);
    let read: number | undefined;
    let generation = seen.generation;
    let event: WorldEvent | undefined;
    let sent: SentAttempt | undefined;
    const now = () => ({ job, instance, decided: this.#readAt.get(seen) ?? instance.began, read, generation });
    const getToken: GetToken = async () => {
      read = undefined;
      await instance.wait(this.#time.between(5, 2 * second));
      return { token: 'a token', obtainedAt: this.#time.now };
    };
    const delivered = this.#delivered.get(instance);
    const attempt = deliveryAttempt({
      clock,
      readEvent: (id) =>
        instance.call(() => {
          event = this.events.get(id);
          return event;
        }),
      messageOf: async (_, stored, to) => {
        read = undefined;
        const message = await contentOf(job, stored, this.#contentPorts(instance), to);
        // A transform takes a while.
        if (this.#isPrompt || !this.#time.chance(0.2)) return message;
        const madeInMs = this.#time.between(100, 3 * second);
        await instance.wait(madeInMs);
        return { ...message, madeInMs };
      },
      readDestination: (to) =>
        this.#readDestination(instance, to, (destination) => {
          read = this.#time.now;
          generation = destination?.generation ?? generation;
        }),
      readValue: ({ valueId }) => {
        read = undefined;
        return instance.call(() => {
          if (this.#outside.isUnreadable(job.to)) {
            this.#unreadable.set(job.to.id, this.#time.now);
            throw new Throttled();
          }
          return this.values.get(valueId) as DestinationValue;
        });
      },
      getToken,
      send: async ({ url, body }, { timeoutMs }) => {
        if (!event) throw new Error('sent without an event');
        const bodies = { body: Buffer.from(body ?? []).toString(), expectedBody: bodyOf({ ...job, id: job.event }) };
        sent = this.checker.began(now(), bodies);
        if (this.#outside.endsFunction(job.event)) instance.kill();
        const { ms, result } = this.#outside.answer(job.to, event, url, timeoutMs);
        this.#fly(job.to, 1);
        this.#outside.meddleWith(idOf(job), job.to);
        this.#time.in(ms, () => this.#fly(job.to, -1));
        await instance.wait(ms);
        this.checker.ended(sent, result);
        return result;
      },
    });
    const result: AttemptResult = await attempt(job, seen, mayBegin);
    if (result.kind === 'later' && result.fault !== 'ThrottlingException')
      this.checker.violate('an unexpected error', `${instance.name}: ${result.fault}`);
    if (result.kind === 'delivered' && sent) delivered?.push(sent);
    if (wasSent(result) && !sent) this.checker.violate('told as sent, and was not', idOf(job));
    return result;
  }

  #fly({ id, name }: Target, more: number): void {
    const flying = (this.#flying.get(id) ?? 0) + more;
    this.#flying.set(id, flying);
    if (more > 0 && flying >= 5) this.#outside.meddle('flight', { id, name });
  }

  /** An invocation of what attempts deliveries. When it returns, what was delivered must be written down. */
  async #watched(
    instance: Instance,
    work: () => Promise<readonly string[]>,
    jobs: readonly Received<DeliveryJob>[] = [],
  ) {
    const delivered: SentAttempt[] = [];
    this.#delivered.set(instance, delivered);
    this.#interrupted.delete(instance);
    const failed = new Set(await work());
    const again = new Set(jobs.filter(({ id }) => failed.has(id)).map(({ body }) => body));
    if (!this.#interrupted.has(instance))
      for (const sent of delivered) if (!again.has(sent.job)) this.checker.recorded(sent);
    return [...failed];
  }

  #contentPorts(instance: Instance) {
    return {
      readRoutes: async (version: string) => this.routes.get(version),
      readBody: (key: string) => instance.call(() => this.bodies.get(key)),
      transform: () => Promise.reject(new Error('no rule has a transform here')),
    };
  }

  // ---- the functions

  /** The messages as Lambda passes them on, and the ports of the invocation. */
  #received<T>(instance: Instance, messages: readonly Message<T & InChain>[], parse: (body: unknown) => T) {
    const Records = messages.map(({ id, body, receives }) => ({
      messageId: id,
      body: JSON.stringify(body),
      attributes: { ApproximateReceiveCount: `${receives}` },
    }));
    const { messages: received, place } = receivedMessages({ Records } as SQSEvent, parse);
    const ports = this.#portsOf(instance);
    return { received, ports: { ...ports, queues: ports.queuesAt(place) } };
  }

  /** As functions/dispatch.ts does it: first the deliveries, then what stands for all rules. */
  async #dispatch(instance: Instance, batch: readonly Message<DeliveryJob & InChain>[]): Promise<string[]> {
    const { received: messages, ports } = this.#received(instance, batch, deliveryJobSchema.parse);
    const readEvent = (id: string) => instance.call(() => this.events.get(id));
    const toSend = messages.filter(({ body }) => body.rule !== anyRule);
    for (const { body } of toSend) this.#outside.meddleWith(idOf(body), body.to);
    const failed = await this.#watched(instance, () => dispatchBatch(toSend, ports), toSend);
    const toMatch = messages.filter(({ body }) => body.rule === anyRule);
    return [...failed, ...(await matchEvents(toMatch, { ...ports, ...this.#contentPorts(instance), readEvent }))];
  }

  async #park(instance: Instance, batch: readonly Message<DeliveryJob & InChain>[]): Promise<string[]> {
    const { received: messages, ports } = this.#received(instance, batch, deliveryJobSchema.parse);
    const failed: string[] = [];
    await Promise.all(
      messages.map(async ({ id, body }) => {
        this.#outside.meddle('park', body.to);
        this.#outside.meddleWith(idOf(body), body.to);
        try {
          await parkDelivery(body, ports);
        } catch (error) {
          this.#unexpected(error);
          failed.push(id);
        }
      }),
    );
    return failed;
  }

  async #serve(instance: Instance, batch: readonly Message<Target & InChain>[]): Promise<string[]> {
    const { received, ports } = this.#received(instance, batch, targetSchema.parse);
    for (const { body } of received) {
      this.#outside.meddle('lane', body);
      await this.#watched(instance, () => serveLane(body, ports).then(() => []));
    }
    return [];
  }

  /** The sweep comes every minute. A shard in which nothing is due costs nothing here. */
  sweepEachMinute(): void {
    const until = `${String(this.#time.now + minute).padStart(15, '0')}#~`;
    this.#minutes += 1;
    if (this.#minutes % 30 === 0) this.checker.checkWaiting();
    for (const shard of shards)
      if (this.#due.page(`${shard}`, 1, undefined, until).items.length > 0)
        this.#fleets.sweep.invoke(
          (instance) => sweepShard(shard, this.#portsOf(instance)),
          50 * second,
          (ending) => {
            if (typeof ending === 'object' && 'error' in ending) this.#unexpected(ending.error);
          },
        );
    this.#time.in(minute, () => this.sweepEachMinute());
  }

  /** The stream repeats a record until the relay has handled it. */
  relay(event: WorldEvent): void {
    this.#fleets.relay.invoke(
      (instance) => this.#relay(instance, event),
      15 * minute,
      (ending) => {
        if (typeof ending === 'object' && 'error' in ending) this.#unexpected(ending.error);
        const isDone = typeof ending === 'object' && 'value' in ending;
        if (!isDone) this.#time.in(this.#time.between(second, minute), () => this.relay(event));
      },
    );
  }

  async #relay(instance: Instance, event: WorldEvent): Promise<void> {
    await instance.wait(this.#time.between(5, 50));
    const route = eventRouter({ ...this.#portsOf(instance), ...this.#contentPorts(instance) });
    const again = await route([{ event, replay: event.replays }]);
    if (again.length > 0) throw new Throttled();
  }

  // ---- the operators

  /** A call of the API. It may fail, or never be answered. */
  #operate(work: (instance: Instance, context: OperationContext) => Promise<void>): void {
    this.#fleets.api.invoke(
      (instance) => {
        this.#ids += 1;
        const actor = { id: 'an operator', role: 'connection_admin' as const };
        return work(instance, { actor, now: new Date(this.#time.now), requestId: `request-${this.#ids}` });
      },
      30 * second,
      (ending) => {
        if (typeof ending === 'object' && 'error' in ending && !(ending.error instanceof Refusal))
          this.#unexpected(ending.error);
      },
    );
  }

  /** The table of destinations, as the operations use it. */
  #destinationTable(instance: Instance) {
    const store = this.destinations.store(instance, (name: string) => name);
    const outcome = (isWritten: boolean): WriteResult => (isWritten ? 'written' : 'lost');
    return {
      read: async (name: string) => (await store.read(name))?.value,
      put: async (record: DestinationRecord) =>
        outcome(await store.write(record.name, record, this.#revisionOf(record.name, record.version - 1))),
      remove: async ({ name, version }: DestinationRecord) =>
        outcome(await store.write(name, undefined, this.#revisionOf(name, version))),
      list: () => Promise.reject(new Error('nobody lists destinations here')),
    };
  }

  /** The revision of a version of a record. The State table has no others than the versions. */
  #revisionOf(name: string, version: number): number {
    const found = this.destinations.items.get(name);
    return found?.value.version === version ? found.revision : -1;
  }

  pause({ id, name }: Target): void {
    this.#operate(async (instance, context) => {
      const paused = await pauseDestination({ name }, context, { destinations: this.#destinationTable(instance) });
      if (paused.id === id) this.checker.pauseAnswered(id);
    });
  }

  resume({ name }: Target): void {
    this.#operate(async (instance, context) => {
      await resumeDestination({ name }, context, { destinations: this.#destinationTable(instance) });
    });
  }

  /** Lets all that waits be attempted. */
  attemptWaiting(to: Target): void {
    this.#operate(async (instance, context) => {
      await attemptWaiting({ name: to.name }, context, { destinations: this.#destinationTable(instance) });
      this.checker.allAsked(to);
    });
  }

  /** An operator asks for a delivery, and perhaps clicks twice. */
  attemptNow(id: string): void {
    this.#operate(async (instance) => {
      const row = this.rows.value(id);
      const ports = this.#portsOf(instance);
      const destination = row && (await ports.readDestination(row.to));
      if (!row || !destination) return;
      const asked = this.checker.asking(id, row.attempt);
      const result = await attemptNow(row, destination, 'an operator', ports);
      if (typeof result !== 'string') this.checker.askAnswered(id, row.to, asked);
    });
  }

  /** Sends a test to the destination. One that succeeds is noted in its health. */
  test(to: Target): void {
    this.#operate(async (instance, context) => {
      const { name } = to;
      if (!this.destination(to)) return;
      await testDestination({ name }, context, {
        destinations: this.#destinationTable(instance),
        destinationSecrets: {
          read: (_, valueId) =>
            instance.call(() => {
              if (this.#outside.isUnreadable(to)) throw new Throttled();
              return this.values.get(valueId) as DestinationValue;
            }),
        },
        getToken: async () => ({ token: 'a token', obtainedAt: this.#time.now }),
        newMessageId: () => context.requestId,
        clock: () => this.#time.now,
        send: async ({ url }, { timeoutMs }) => {
          const { ms, result } = this.#outside.answerTest(to, url, timeoutMs);
          this.#outside.meddle('test', to);
          await instance.wait(ms);
          return result;
        },
        noteTest: async (tested) => {
          const test = this.checker.testSucceeded(tested.id, tested.generation);
          await noteTest(tested, this.#portsOf(instance));
          // What a change has begun anew says nothing of it.
          if (this.destination(to)?.generation === tested.generation) this.checker.testNoted(tested, test);
        },
      });
    });
  }

  /** Moves the destination to another URL. */
  move({ name }: Target): void {
    this.#operate(async (instance, context) => {
      await editDestination({ name, url: `https://${name}.example/${context.requestId}` }, context, {
        destinations: this.#destinationTable(instance),
        destinationSecrets: {
          read: (_, valueId) => instance.call(() => this.values.get(valueId) as DestinationValue),
          markCurrent: () => instance.call(() => undefined),
          putPending: (_, valueId, value) => instance.call(() => void this.values.set(valueId, value)),
        },
        log: () => undefined,
        whyUrlRefused: () => undefined,
      });
    });
  }

  /** Deletes the destination, and what waits for it. */
  remove(to: Target): void {
    this.#operate(async (instance, context) => {
      if (!this.destination(to)) return;
      await deleteDestination({ name: to.name, force: true }, context, {
        destinations: this.#destinationTable(instance),
        store: { readConnection: () => Promise.resolve(undefined) },
        readRoutes: async (version) => this.routes.get(version),
        routeUse: { claims: () => Promise.resolve([]) },
      });
      if (!this.destination(to)) this.checker.deleted(to.id);
    });
  }

  redeliver(id: string): void {
    this.#operate(async (instance) => {
      const row = this.rows.value(id);
      const ports = this.#portsOf(instance);
      const destination = row && (await ports.readDestination(row.to));
      if (row && destination) await redeliver(row, destination, 'an operator', ports);
    });
  }

  redrive(): void {
    for (const queue of Object.values(this.queues)) queue.redrive();
  }
}
