/**
 * The lane of a destination: its one worker, while it is not served from the queue. It holds a lease, and looks at it right before each
 * attempt, so that two workers never attempt at the same time.
 *
 * An open destination gets one probe at a time, at longer and longer intervals. A recovering one gets what is parked, that of the oldest
 * events first, with more and more attempts a second, until nothing is left at the top pace. A turn takes a minute at most and hands
 * on to the next one.
 */
import { revise, unchanged } from '../aws/revised-item.ts';
import { type Destination, isPaused } from '../destination/destination.ts';
import type { AttemptResult } from './attempt-result.ts';
import { type DeliveryJob, deliveryIdOf, type Target } from './delivery-job.ts';
import { ageOf, type DeliveryRow, jobOf, parkedRow } from './delivery-row.ts';
import { type DestinationHealth, freshHealth, healthNow, probing, topPace } from './destination-health.ts';
import type { DispatchPorts, LaneTimer } from './ports.ts';
import { finish, giveUp, type RecordPorts, recordResult, sweepAgainMs } from './record-result.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const leaseMs = 90 * secondMs;
/** The lease is renewed when less than this is left, in milliseconds. */
const renewBelowMs = 60 * secondMs;
/** How long a turn takes at most before it hands on, in milliseconds. */
const turnMs = 60 * secondMs;
/** For how long a pass begins attempts before it looks again at the destination and its health, in milliseconds. */
const passMs = 5 * secondMs;
/** How long a lane rests after a fault of ours, in milliseconds. */
const restAfterFaultMs = 10 * secondMs;
/** How long a turn looks for what is parked at an open destination, in milliseconds. */
const searchMs = 20 * secondMs;
/** The most attempts that a lane has under way. A destination's `concurrency` can be less. */
const usualWidth = 16;

/** Makes one attempt. `mayBegin` is asked right before the request. */
export type Attempt = (job: DeliveryJob, destination: Destination, mayBegin: () => boolean) => Promise<AttemptResult>;

export interface LanePorts
  extends RecordPorts,
    Pick<DispatchPorts, 'readDestination' | 'publishNotices' | 'newId' | 'log'> {
  attempt: Attempt;
}

/** One turn of one worker. */
interface Turn {
  to: Target;
  owner: string;
  began: number;
  /** When the lease ends, as this worker knows it. */
  until: number;
  /** What this turn has attempted or ended. The index may show it for a while. */
  done: Set<string>;
  /** What the pass read. */
  timer: LaneTimer | undefined;
  /** Whether the pass found nothing parked, not even what the turn has attempted: the index may not show yet that it is parked again. */
  isEmpty: boolean;
}

/** What a pass leads to: another pass, or a rest until a time. */
type Next = 'again' | { restUntil: number };

const nameOf = (row: DeliveryRow): string => `${deliveryIdOf(row)} ${row.attempt}`;

async function takeLease(
  { to, owner }: Turn,
  { deliveries, clock }: LanePorts,
  isFirst: boolean,
): Promise<number | undefined> {
  const now = clock.now();
  const { written } = await revise(deliveries.leases, `lane#${to.id}`, (lease) => {
    const isFree = isFirst ? !lease || lease.until <= clock.now() : lease?.owner === owner;
    return isFree ? { owner, until: now + leaseMs } : unchanged;
  });
  return written ? now + leaseMs : undefined;
}

/** Sets the timer, unless somebody else did meanwhile, and gives the lease back. */
async function rest({ to, owner, timer }: Turn, due: number, { deliveries }: LanePorts): Promise<void> {
  await revise(deliveries.timers, to.id, (now) => (now && now.due === timer?.due ? { ...now, due } : unchanged));
  await revise(deliveries.leases, `lane#${to.id}`, (lease) => (lease?.owner === owner ? undefined : unchanged));
}

/** Publishes what is to be told, and only then clears it: a crash in between tells it twice. A failure stops no attempt. */
async function tellNotices(to: Target, health: DestinationHealth | undefined, ports: LanePorts): Promise<void> {
  if (!health || (health.notices.length === 0 && health.givenUp === 0)) return;
  const { notices, givenUp, givenUpSample: sample } = health;
  const counted = givenUp > 0 ? { count: givenUp, ...(sample !== undefined && { sample }) } : undefined;
  const told = new Set(notices.map((notice) => JSON.stringify(notice)));
  try {
    await ports.publishNotices(to, notices, counted);
    // The alarms read these lines.
    for (const { type } of notices) ports.log({ outcome: type, destination: to.name }, 'warn');
    if (givenUp > 0) ports.log({ outcome: 'delivery.given_up', destination: to.name, records: givenUp }, 'warn');
    await revise(ports.deliveries.health, to.id, (now) =>
      now
        ? {
            ...now,
            notices: now.notices.filter((notice) => !told.has(JSON.stringify(notice))),
            givenUp: Math.max(0, now.givenUp - givenUp),
          }
        : unchanged,
    );
  } catch (error) {
    ports.log({ warning: 'notices_not_told', fault: (error as Error).name, destination: to.name }, 'warn');
  }
}

/** Ends a parked delivery that no attempt can help. Returns whether it did. */
async function endIfOver(
  row: DeliveryRow,
  destination: Destination | undefined,
  health: DestinationHealth | undefined,
  ports: LanePorts,
): Promise<boolean> {
  const now = ports.clock.now();
  const job = jobOf(row);
  if (!destination) {
    await finish(job, { status: 'cancelled', reason: 'destination_deleted' }, undefined, ports);
    return true;
  }
  if (now >= row.expiresAt * secondMs) {
    await finish(job, { status: 'expired' }, destination, ports);
    return true;
  }
  // If it could be attempted, its last attempt comes first.
  const isShut = health !== undefined && (health.state === 'open' || health.blockedUntil > now);
  const isOver =
    !isPaused(destination) && isShut && ageOf(row, destination, now) >= destination.giveUpAfterHours * hourMs;
  if (!isOver) return false;
  await giveUp(job, (found) => found?.status === 'parked' && found.attempt === row.attempt, destination, ports);
  return true;
}

/** The parked deliveries that this turn has not touched yet, page by page. Ends those that are over. */
async function* parkedRows(
  turn: Turn,
  destination: Destination | undefined,
  health: DestinationHealth | undefined,
  ports: LanePorts,
): AsyncGenerator<DeliveryRow[]> {
  let after: string | undefined;
  do {
    const page = await ports.deliveries.listByState(turn.to.id, 'parked', after);
    if (page.items.length > 0) turn.isEmpty = false;
    const left: DeliveryRow[] = [];
    for (const row of page.items) {
      if (turn.done.has(nameOf(row))) continue;
      if (await endIfOver(row, destination, health, ports)) turn.done.add(nameOf(row));
      else left.push(row);
    }
    yield left;
    after = page.next;
  } while (after !== undefined);
}

/** @returns whether nothing speaks against the next attempt */
async function attemptRow(
  seen: DeliveryRow,
  destination: Destination,
  turn: Turn,
  via: 'lane' | 'probe',
  ports: LanePorts,
): Promise<boolean> {
  const { deliveries, clock } = ports;
  turn.done.add(nameOf(seen));
  const found = await deliveries.rows.read(seen);
  if (found?.value.status !== 'parked' || found.value.attempt !== seen.attempt) return true;
  const job = jobOf(found.value);
  const result = await ports.attempt(job, destination, () => clock.now() < turn.until);
  await recordResult(job, result, destination, via, ports);
  return result.kind === 'delivered';
}

/** When a delivery was attempted last, in epoch milliseconds. */
const attemptedAt = ({ last }: DeliveryRow): number => last?.at ?? 0;

/**
 * A probe takes any delivery that was never attempted, or else the one that was not attempted for the longest time. So each has its turn: some
 * that the receiver always refuses must not keep its destination open.
 * @returns `more` if the search took too long to see all, undefined if nothing is parked
 */
async function findProbe(
  turn: Turn,
  destination: Destination,
  health: DestinationHealth,
  ports: LanePorts,
): Promise<DeliveryRow | 'more' | undefined> {
  const { clock } = ports;
  const searchUntil = clock.now() + searchMs;
  let chosen: DeliveryRow | undefined;
  let equals = 0;
  for await (const rows of parkedRows(turn, destination, health, ports)) {
    for (const row of rows) {
      if (chosen && attemptedAt(row) > attemptedAt(chosen)) continue;
      equals = chosen && attemptedAt(chosen) === attemptedAt(row) ? equals + 1 : 1;
      if (clock.random() * equals < 1) chosen = row;
    }
    if (clock.now() > searchUntil) return chosen ?? 'more';
  }
  return chosen;
}

async function probe(
  turn: Turn,
  destination: Destination,
  health: DestinationHealth,
  passBegan: number,
  ports: LanePorts,
): Promise<Next> {
  const { deliveries, clock } = ports;
  const found = await findProbe(turn, destination, health, ports);
  if (found === undefined) return retire(turn, health, passBegan, ports);
  if (found === 'more') return 'again';
  const at = health.probe?.at ?? 0;
  if (clock.now() < at) return { restUntil: at };
  // Moved before the attempt, so that a second worker makes none.
  const { written } = await revise(deliveries.health, turn.to.id, (now) =>
    now?.state === 'open' && now.generation === health.generation && now.probe?.at === health.probe?.at
      ? probing(now, clock.now())
      : unchanged,
  );
  if (written) await attemptRow(found, destination, turn, 'probe', ports);
  return 'again';
}

/** The timer goes if nobody touched it for a while, and a pass that began after that found nothing. */
async function retire(
  turn: Turn,
  health: DestinationHealth | undefined,
  passBegan: number,
  { deliveries, clock }: LanePorts,
): Promise<Next> {
  const { timer, to } = turn;
  const owes = health !== undefined && (health.notices.length > 0 || health.givenUp > 0);
  if (timer && turn.isEmpty && !owes && passBegan > timer.touched + sweepAgainMs)
    await revise(deliveries.timers, to.id, (now) => (now && now.touched === timer.touched ? undefined : unchanged));
  return { restUntil: clock.now() + minuteMs };
}

/** Parks what waits for hours, so that the lane attempts it now. What is due soon comes by itself. */
async function gather(
  turn: Turn,
  health: DestinationHealth,
  { deliveries, clock, ensureTimer }: LanePorts,
): Promise<void> {
  let after: string | undefined;
  do {
    const page = await deliveries.listByState(turn.to.id, 'waiting', after);
    const late = page.items.filter(({ due }) => (due ?? 0) > clock.now() + sweepAgainMs + minuteMs);
    // Like everybody who parks: this pass may not see in the index what it parks, and must not take the lane for empty.
    if (late.length > 0) await ensureTimer(turn.to);
    await Promise.all(
      late.map((seen) =>
        revise(deliveries.rows, seen, (row) => {
          if (row?.status !== 'waiting' || row.attempt !== seen.attempt || row.due !== seen.due) return unchanged;
          return parkedRow(row);
        }),
      ),
    );
    after = page.next;
  } while (after !== undefined && clock.now() < turn.until - renewBelowMs / 2);
  if (after !== undefined) return;
  await revise(deliveries.health, turn.to.id, (now) =>
    now?.generation === health.generation && now.gather ? { ...now, gather: false } : unchanged,
  );
}

/** How fast the lane attempts. */
interface Pace {
  /** The time from the beginning of an attempt to that of the next, in milliseconds. */
  everyMs: number;
  /** The most attempts under way, and in a pass. */
  width: number;
  most: number;
  /** Whether it gets no faster. */
  isTop: boolean;
}

function paceOf({ rate, concurrency = usualWidth }: Destination, health: DestinationHealth | undefined): Pace {
  const perSecond = rate === undefined ? topPace : 'perSecond' in rate ? rate.perSecond : rate.perMinute / 60;
  const known = health?.pace ?? 1;
  const wanted = Math.min(known, perSecond);
  const isTop = known >= Math.min(topPace, perSecond);
  const seconds = isTop ? passMs / secondMs : 1;
  return { everyMs: secondMs / wanted, width: concurrency, most: Math.max(1, Math.floor(wanted * seconds)), isTop };
}

/**
 * Attempts deliveries in their order, at a pace. Begins no more of them after the first that does not go well, because the health that the
 * pass has read is old then.
 */
async function attemptInOrder(
  rows: readonly DeliveryRow[],
  { everyMs, width }: Pace,
  destination: Destination,
  turn: Turn,
  ports: LanePorts,
): Promise<void> {
  const { clock } = ports;
  const began = clock.now();
  const faults: unknown[] = [];
  let begun = 0;
  let goesWell = true;
  const sleepUntil = (time: number) => (time > clock.now() ? clock.sleep(time - clock.now()) : undefined);
  const work = async (): Promise<void> => {
    while (goesWell && clock.now() - began < passMs) {
      const row = rows[begun];
      if (!row) return;
      begun += 1;
      await sleepUntil(began + (begun - 1) * everyMs);
      if (!goesWell) return;
      try {
        if (!(await attemptRow(row, destination, turn, 'lane', ports))) goesWell = false;
      } catch (error) {
        faults.push(error);
        goesWell = false;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, rows.length) }, work));
  // Only when all have ended: what an invocation leaves behind when it ends is lost.
  if (faults.length > 0) throw faults[0];
  await sleepUntil(began + begun * everyMs);
}

/** Attempts the oldest of what is parked, as many as the pace allows. */
async function serve(
  turn: Turn,
  destination: Destination,
  health: DestinationHealth | undefined,
  passBegan: number,
  ports: LanePorts,
): Promise<Next> {
  const { deliveries, clock } = ports;
  const pace = paceOf(destination, health);
  const chosen: DeliveryRow[] = [];
  for await (const rows of parkedRows(turn, destination, health, ports)) {
    chosen.push(...rows.slice(0, pace.most - chosen.length));
    if (chosen.length >= pace.most) break;
  }
  if (chosen.length === 0) {
    if (health?.state === 'recovering')
      await revise(deliveries.health, turn.to.id, (now) =>
        now?.generation === health.generation && now.state === 'recovering' && now.blockedUntil <= clock.now()
          ? { ...now, state: 'closed' as const }
          : unchanged,
      );
    return retire(turn, health, passBegan, ports);
  }
  await attemptInOrder(chosen, pace, destination, turn, ports);
  if (!pace.isTop)
    await revise(deliveries.health, turn.to.id, (now) => {
      const known = now ?? freshHealth(destination.generation);
      return known.generation === destination.generation
        ? { ...known, pace: Math.min(topPace, known.pace * 2) }
        : unchanged;
    });
  return 'again';
}

/** Looks once at what there is to do, and does some of it. */
async function pass(turn: Turn, ports: LanePorts): Promise<Next> {
  const { deliveries, clock } = ports;
  const passBegan = clock.now();
  turn.timer = (await deliveries.timers.read(turn.to.id))?.value;
  turn.isEmpty = true;
  const destination = await ports.readDestination(turn.to);
  const stored = await ports.health.read(turn.to);
  await tellNotices(turn.to, stored, ports);
  const health = destination && healthNow(stored, destination.generation);
  /** Attempts nothing, but ends what is over, which has to end also while nothing is attempted. */
  const waitFor = async (restUntil: number): Promise<Next> => {
    let any = false;
    for await (const rows of parkedRows(turn, destination, health, ports)) any ||= rows.length > 0;
    return any ? { restUntil } : retire(turn, stored, passBegan, ports);
  };
  if (!destination || isPaused(destination)) return waitFor(passBegan + sweepAgainMs);
  if (health?.gather) await gather(turn, health, ports);
  if (health?.state === 'open') return probe(turn, destination, health, passBegan, ports);
  if (health && health.blockedUntil > clock.now()) return waitFor(health.blockedUntil);
  return serve(turn, destination, health, passBegan, ports);
}

/** One turn of a destination's lane. Does nothing if another worker has the lease. */
export async function serveLane(to: Target, ports: LanePorts): Promise<void> {
  const { clock, queues } = ports;
  const turn: Turn = {
    to,
    owner: ports.newId(),
    began: clock.now(),
    until: 0,
    done: new Set(),
    timer: undefined,
    isEmpty: true,
  };
  turn.until = (await takeLease(turn, ports, true)) ?? 0;
  while (turn.until > 0) {
    if (clock.now() - turn.began > turnMs) {
      await rest(turn, clock.now(), ports);
      await queues.lane([{ body: to }]);
      return;
    }
    if (turn.until - clock.now() < renewBelowMs) turn.until = (await takeLease(turn, ports, false)) ?? 0;
    if (turn.until === 0) return;
    const next = await pass(turn, ports).catch((error): Next => {
      // A fault of ours. Without this, the lane would stand still until the sweep sends its timer again.
      ports.log({ warning: 'lane_interrupted', fault: (error as Error).name, destination: to.name }, 'warn');
      return { restUntil: clock.now() + restAfterFaultMs };
    });
    if (next !== 'again') return rest(turn, next.restUntil, ports);
  }
}
