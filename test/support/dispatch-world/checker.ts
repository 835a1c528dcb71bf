/**
 * What must hold, whatever happens. The sentences are those of the contract, written again by hand: nothing here asks the code that is
 * tested what is right.
 */
import type { Destination } from '../../../shared/deliveries/destination/destination.ts';
import type { DeliveryJob, DeliveryKey, Target } from '../../../shared/deliveries/dispatch/delivery-job.ts';
import type { DeliveryRow } from '../../../shared/deliveries/dispatch/delivery-row.ts';
import { nextStates } from '../../../shared/deliveries/dispatch/delivery-states.ts';
import type { DestinationHealth, Notice } from '../../../shared/deliveries/dispatch/destination-health.ts';
import type { Lease } from '../../../shared/deliveries/dispatch/ports.ts';
import type { OutboundResult } from '../../../shared/ground/outbound/outbound-request.ts';
import type { Faults, Instance } from './fleet.ts';
import { hour, minute, second, shownTime, type VirtualTime } from './virtual-time.ts';

export interface Violation {
  kind: string;
  text: string;
}

/** An attempt as the world sees it. */
export interface Attempt {
  job: DeliveryJob;
  instance: Instance;
  /** When whoever makes it read the destination and its health, and decided. */
  decided: number;
  /** When the destination was read last before the request, if nothing else came after that. */
  read: number | undefined;
  generation: number;
}

export interface SentAttempt extends Attempt {
  began: number;
  /** The delivery, since it was made or redelivered. */
  epoch: string;
}

type Kind = 'delivered' | 'gone' | 'limited' | 'refused' | 'broken';

interface Result {
  id: string;
  attempt: number;
  epoch: string;
  to: string;
  event: string;
  generation: number;
  kind: Kind;
  began: number;
  ended: number;
  by: string;
}

interface Pause {
  /** When the record said so, when the operator knew, and when it ended. */
  began: number;
  answered?: number;
  resumed?: number;
}

interface Incident {
  to: string;
  /** When it was noted, and when it ended. */
  at: number;
  closed?: number;
  /** When its destination was opened first. */
  opened?: number;
  told: Set<Notice['type']>;
}

/** When a destination was opened, and the last attempt since. */
interface Opening {
  at: number;
  generation: number;
  /** How many probes there were that nobody asked for. */
  probes: number;
  last?: { began: number; interval: number };
}

/** An operator's wish that a delivery is attempted now. */
interface Ask {
  at: number;
  /** Whether an attempt began since. */
  isUsed: boolean;
  /** Whether the operator has an answer. */
  isAnswered: boolean;
}

/** A test of a destination that succeeded. */
interface SuccessfulTest {
  generation: number;
  /** When the answer came. */
  at: number;
}

/** What the checker looks at in the world. */
export interface Observed {
  row(id: string): DeliveryRow | undefined;
  rows(): Iterable<DeliveryRow>;
  lease(name: string): Lease | undefined;
  health(id: string): DestinationHealth | undefined;
  hasTimer(id: string): boolean;
  /** The ids of the destinations whose lane has a timer. */
  timers(): string[];
  isThere(target: Target): boolean;
  giveUpMs(target: Target): number;
  /** What its operator chose of the waits and of the answers that are tried again. */
  retries(target: Target): Pick<Destination, 'schedule' | 'retryOn'>;
  /** The most attempts in a minute, and at a time, that an operator allows. */
  limits(target: Target): { perMinute: number; concurrency: number };
  isPoison(event: string): boolean;
  /** Whether the destination's secret can't be read just now. */
  isUnreadable(target: Target): boolean;
}

/** Until when the answer counts as a success, and so on: RFC 9110's classes as the contract reads them. */
function kindOf(result: OutboundResult): Kind {
  if (result.outcome !== 'answered') return 'broken';
  const { status } = result;
  if (status >= 200 && status <= 299) return 'delivered';
  if (status === 410) return 'gone';
  if (status === 429) return 'limited';
  return status >= 500 ? 'broken' : 'refused';
}

const schedule = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour];
/** @param own the waits of the destination in seconds, if it has its own */
export const scheduledWait = (step: number, own?: readonly number[]): number =>
  own ? (own[step] ?? own.at(-1) ?? 0) * second : (schedule[step] ?? 12 * hour);

/** Whether a delivery ends with an answer because the destination does not want it to be tried again. */
function isFinal(result: OutboundResult, retryOn: readonly string[] | undefined): boolean {
  if (!retryOn || result.outcome !== 'answered' || result.status === 429) return false;
  const { status } = result;
  return !retryOn.some((each) => each === `${status}` || each === `${`${status}`[0]}xx`);
}

const firstProbe = 30 * second;
const longestProbe = 15 * minute;

const isSuccess = ({ kind }: { kind: Kind }): boolean => kind === 'delivered' || kind === 'gone';

const isLive = (row: DeliveryRow): boolean => row.status === 'waiting' || row.status === 'parked';

export const idOf = ({ event, receivedAt, rule, replay }: DeliveryKey): string =>
  `${event}/${receivedAt}#${rule}#${replay}`;

const epochOf = (id: string, redelivery: number | undefined): string => `${id} ${redelivery ?? 0}`;

export class Checker {
  readonly violations: Violation[] = [];
  readonly trace: string[] = [];
  /** Each delivery that a rule matched, and where it has to go. */
  readonly expected = new Map<string, Target>();
  readonly results: Result[] = [];
  /** The last result of each delivery. */
  readonly #last = new Map<string, Result>();
  /** What was told on the bus, and when. */
  readonly told: { at: number; what: string }[] = [];
  readonly firstAttempts = new Map<string, number>();
  readonly counts: Record<string, number> = {};
  /** The most invocations in a row, each by a message of the one before. */
  longestChain = 1;
  /** From when on all receivers are well and nothing goes wrong. */
  quietFrom = Number.POSITIVE_INFINITY;

  readonly #mayEndBefore = new Set<string>();
  readonly #time: VirtualTime;
  readonly #start: number;
  readonly #faults: Faults;
  readonly #isTraced: boolean;
  /** Nothing goes wrong, and no index is behind. */
  readonly #isCalm: boolean;
  readonly #world: Observed;
  readonly #pauses = new Map<string, Pause[]>();
  readonly #deleted = new Map<string, number>();
  readonly #opened = new Map<string, Opening>();
  readonly #incidents = new Map<string, Incident>();
  readonly #passed = new Map<string, { attempt: number; at: number }[]>();
  readonly #ended = new Map<string, number>();
  readonly #made = new Map<string, number>();
  readonly #tries = new Map<string, { first: number; attempts: Set<number> }>();
  readonly #wins = new Set<string>();
  readonly #gone = new Set<string>();
  /** Deliveries whose receiver gave an answer that is not to be tried again, and the number of that attempt. */
  readonly #final = new Map<string, number>();
  /** Attempts, each with its number, that had an answer that is to be tried again. One that is made twice may have both. */
  readonly #goesOn = new Set<string>();
  readonly #givenUp = new Map<string, number>();
  readonly #givenUpTold = new Map<string, number>();
  /** When attempts at each destination began in the last minute, and how many are under way. */
  readonly #begun = new Map<string, number[]>();
  readonly #under = new Map<string, number>();
  readonly #flying = new Map<string, Set<Instance>>();
  /** What has nothing that wakes it up. */
  readonly #asleep = new Set<string>();
  /** What failed in silence. */
  readonly #silent = new Set<string>();
  /** When each row was changed last. */
  readonly #changed = new Map<string, number>();
  /** When a destination was last seen open, or waiting out a Retry-After. */
  readonly #shut = new Map<string, number>();
  /** Until when a destination wants nothing, and since when its health says so. */
  readonly #blocked = new Map<string, { at: number; until: number; generation: number }>();
  readonly #notBefore = new Map<string, number>();
  readonly #asks = new Map<string, Ask[]>();
  readonly #tests = new Map<string, SuccessfulTest[]>();
  /** Attempts of each delivery that began, and those under way. */
  readonly #begunOf = new Map<string, number>();
  readonly #underWay = new Map<string, number>();
  /** The number of the last attempt that began. */
  readonly #highest = new Map<string, number>();

  constructor(
    time: VirtualTime,
    { faults, isCalm, isTraced }: { faults: Faults; isCalm: boolean; isTraced: boolean },
    world: Observed,
  ) {
    this.#isCalm = isCalm;
    this.#time = time;
    this.#start = time.now;
    this.#faults = faults;
    this.#world = world;
    this.#isTraced = isTraced;
  }

  note(text: () => string): void {
    if (this.#isTraced) this.trace.push(`${shownTime(this.#time.now - this.#start)} ${text()}`);
  }

  violate(kind: string, text: string): void {
    this.note(() => `!!! ${kind}: ${text}`);
    if (this.violations.length < 100)
      this.violations.push({ kind, text: `${shownTime(this.#time.now - this.#start)} ${text}` });
  }

  count(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }

  /** An event matches a rule. `mayEndBefore`: it has so short a life that it may end before the rules are known. */
  expect(of: DeliveryKey, to: Target, mayEndBefore: boolean): void {
    this.expected.set(idOf(of), to);
    if (mayEndBefore) this.#mayEndBefore.add(idOf(of));
    this.note(() => `expect ${idOf(of)} to ${to.id}`);
  }

  /** A queue has woken a function. Lambda drops what would make a chain of more than 16. */
  invoked({ name, chainLength }: Instance): void {
    this.longestChain = Math.max(this.longestChain, chainLength);
    if (chainLength > 8) this.violate('a chain of more than eight invocations', `${name}: ${chainLength}`);
  }

  // ---- operators

  paused(id: string): void {
    const list = this.#pauses.get(id) ?? [];
    this.#pauses.set(id, [...list, { began: this.#time.now }]);
  }

  pauseAnswered(id: string): void {
    const last = this.#pauses.get(id)?.at(-1);
    if (last && last.resumed === undefined) last.answered ??= this.#time.now;
  }

  resumed(id: string): void {
    const last = this.#pauses.get(id)?.at(-1);
    if (last) last.resumed = this.#time.now;
  }

  deleted(id: string): void {
    this.#deleted.set(id, this.#time.now);
  }

  /** Whether a destination was paused, gone, or could not be sent anything, at any time since then. */
  #isExcused(to: Target, since: number): boolean {
    const wasPaused = (this.#pauses.get(to.id) ?? []).some(({ resumed }) => resumed === undefined || resumed >= since);
    const isBlocked = (this.#blocked.get(to.id)?.until ?? 0) > since;
    return wasPaused || isBlocked || !this.#world.isThere(to) || this.#world.isUnreadable(to);
  }

  /** Without faults, what an operator asks for happens within this time. */
  #soon(then: () => void): void {
    if (this.#faults.crash + this.#faults.throttle + this.#faults.stall === 0) this.#time.in(10 * minute, then);
  }

  /** An operator asks for a delivery. What is under way already is what is asked for. */
  asking(id: string, attempt: number): Ask {
    const ask = {
      at: this.#time.now,
      isUsed: this.#faults.crash === 0 && this.#highest.get(id) === attempt,
      isAnswered: false,
    };
    this.#asks.set(id, [...(this.#asks.get(id) ?? []), ask]);
    this.note(() => `ask for ${id}`);
    this.count('asked');
    return ask;
  }

  /** The operator was told that it will be attempted. */
  askAnswered(id: string, to: Target, ask: Ask): void {
    ask.isAnswered = true;
    this.#soon(() => {
      const row = this.#world.row(id);
      if (!ask.isUsed && row && isLive(row) && !this.#isExcused(to, ask.at)) this.violate('asked for in vain', id);
    });
  }

  /** The operator was told that all that waits will be attempted. */
  allAsked(to: Target): void {
    this.count('all asked');
    if (!this.#isCalm) return;
    const { now } = this.#time;
    const waiting = [...this.#world.rows()].filter((row) => row.to.id === to.id && row.status === 'waiting');
    this.#soon(() => {
      for (const { attempt, redelivery, ...key } of waiting) {
        const row = this.#world.row(idOf(key));
        if (row?.status === 'waiting' && row.attempt === attempt && !this.#isExcused(to, now))
          this.violate('waits though all was asked for', idOf(key));
      }
    });
  }

  /** The receiver took a test. */
  testSucceeded(to: string, generation: number): SuccessfulTest {
    const test = { generation, at: this.#time.now };
    this.#tests.set(to, [...(this.#tests.get(to) ?? []), test]);
    this.note(() => `test of ${to} succeeded, generation ${generation}`);
    this.count('successful tests');
    return test;
  }

  /** The operator was told that the test succeeded. What failed as a whole recovers then, unless it is another one by now. */
  testNoted(to: Target, { generation, at }: SuccessfulTest): void {
    const { now } = this.#time;
    const health = this.#world.health(to.id);
    if (this.#faults.throttle > 0 || health?.generation !== generation || this.#isExcused(to, at)) return;
    const incident = this.#incidents.get(health.outage ? (health.incident ?? '') : '');
    const opened = this.#opened.get(to.id)?.at ?? 0;
    const isNoted = !incident || incident.at >= at || health.state === 'recovering' || opened > at;
    if (isNoted) this.#soonAfterTest(to, now);
    else this.violate('a test that succeeds changes nothing', `${to.id} ${health.state}`);
  }

  /** What is parked is attempted soon after a test. A lane that waits out an interval would come later. */
  #soonAfterTest(to: Target, tested: number): void {
    const health = this.#world.health(to.id);
    const parked = [...this.#world.rows()].filter((row) => row.to.id === to.id && row.status === 'parked');
    if (!this.#isCalm || health?.state !== 'recovering' || parked.length === 0) return;
    this.#time.in(3 * minute, () => {
      const isLeft = parked.some(({ attempt, ...key }) => {
        const row = this.#world.row(idOf(key));
        return row?.status === 'parked' && row.attempt === attempt;
      });
      const isWoken = (this.#begun.get(to.id)?.at(-1) ?? 0) > tested;
      if (isLeft && !isWoken && !this.#isExcused(to, tested)) this.violate('a test that succeeds wakes nobody', to.id);
    });
  }

  /** A destination that failed as a whole recovers by a delivery that succeeds, or by a test, and then slowly at first. */
  #checkRecovery(to: string, health: DestinationHealth, before: DestinationHealth): void {
    const { generation } = health;
    const opened = this.#opened.get(to);
    if (before.state !== 'open' || before.generation !== generation || !opened) return;
    const isOfNow = (result: Result) => result.to === to && result.generation === generation;
    if (this.results.some((result) => isOfNow(result) && isSuccess(result) && result.ended >= opened.at - minute))
      return;
    const test = this.#tests.get(to)?.findLast((each) => each.generation === generation);
    if (!test) this.violate('recovers without a cause', to);
    else if (this.#isPausedAt(to, test.at)) this.violate('a test of what is paused lets it recover', to);
    else this.count('recovered by a test');
    if (health.pace !== 1) this.violate('recovers faster than one a second', to);
    this.#failsAgainAfter(to, generation, this.#failuresOf(to, generation, true).broken >= 5);
  }

  /** What opened a destination still counts after a test: the first delivery that fails opens it again. */
  #failsAgainAfter(to: string, generation: number, hasFailed: boolean): void {
    const { now } = this.#time;
    if (!hasFailed || !this.#isCalm) return;
    this.#time.in(10 * minute, () => {
      const after = this.results.filter((result) => result.to === to && result.began > now);
      const health = this.#world.health(to);
      const isReopened = (this.#opened.get(to)?.at ?? 0) > now || health?.generation !== generation;
      const [first] = after;
      if (!isReopened && first?.kind === 'broken' && first.ended < this.#time.now - second)
        this.violate('a test forgets what failed', to);
    });
  }

  #isPausedAt = (id: string, time: number): boolean =>
    (this.#pauses.get(id) ?? []).some(
      ({ answered, resumed }) =>
        answered !== undefined && answered < time && !(resumed !== undefined && resumed <= time),
    );

  #isStillPaused = (id: string): boolean => {
    const last = this.#pauses.get(id)?.at(-1);
    return last !== undefined && last.resumed === undefined;
  };

  /** The time between two moments in which a destination was not paused. */
  #unpaused(id: string, from: number, until: number): number {
    const paused = (this.#pauses.get(id) ?? []).map(({ began, resumed = until }) =>
      Math.max(0, Math.min(resumed, until) - Math.max(began, from)),
    );
    return until - from - paused.reduce((sum, ms) => sum + ms, 0);
  }

  // ---- attempts

  /** A request begins. */
  began(attempt: Attempt, wasSent: { body: string; expectedBody: string }): SentAttempt {
    const { job, instance, decided, read } = attempt;
    const { now } = this.#time;
    const id = idOf(job);
    const to = job.to.id;
    const row = this.#world.row(id);
    const isLane = instance.name.startsWith('lane');
    const label = `${id} attempt ${job.attempt} to ${to} by ${instance.name}`;
    this.note(() => `begin ${label}`);
    this.count('attempts');
    if (wasSent.body !== wasSent.expectedBody) this.violate('the body of another event', label);
    if (this.expected.get(id)?.id !== to) this.violate('sent though nothing matched', label);
    const begins = read ?? now;
    if (this.#isPausedAt(to, begins)) this.violate('begun while paused', label);
    if ((this.#deleted.get(to) ?? Number.POSITIVE_INFINITY) < begins) this.violate('begun after deletion', label);
    const due = this.#notBefore.get(`${id} ${job.attempt}`);
    if (!isLane && due !== undefined && now < due) this.violate('before its time', label);
    const passed = this.#passed.get(id)?.find(({ attempt }) => attempt > job.attempt);
    if (passed && passed.at < decided) this.violate('an attempt of the past', label);
    if (row && !isLive(row) && (this.#ended.get(id) ?? now) < decided) this.violate('begun after its end', label);
    if (isLane) this.#checkLane(to, instance, label);
    const isAsked = this.#useAsks(id);
    this.#checkOnce(job, id, label);
    this.#checkOpen(attempt, isAsked, label);
    this.#checkBlocked(attempt, label);
    this.#checkLimits(job.to, label);
    const epoch = epochOf(id, row?.redelivery);
    this.#checkCount(attempt, epoch, label);
    const made = this.#made.get(epoch);
    if (made !== undefined && this.#unpaused(to, made, now) > this.#world.giveUpMs(job.to) + 3 * hour)
      this.violate('tried long after its end', label);
    if (!this.firstAttempts.has(id)) this.firstAttempts.set(id, now);
    return { ...attempt, began: now, epoch };
  }

  /** Whether somebody asked for this attempt. Each wish is one attempt. */
  #useAsks(id: string): boolean {
    const asks = (this.#asks.get(id) ?? []).filter(({ isUsed }) => !isUsed);
    // With faults, a second wish may still be on its way when the attempt begins, and the result of that one be lost.
    const { now } = this.#time;
    const isSure = ({ at, isAnswered }: Ask) => this.#faults.crash === 0 || isAnswered || now - at > 5 * minute;
    for (const ask of asks) ask.isUsed = isSure(ask);
    return asks.length > 0;
  }

  /** If nothing goes wrong, a delivery has one request at a time, and a person counts them from 1. */
  #checkOnce({ attempt, redelivery = 0 }: DeliveryJob, id: string, label: string): void {
    const before = this.#begunOf.get(id) ?? 0;
    const underWay = this.#underWay.get(id) ?? 0;
    this.#begunOf.set(id, before + 1);
    this.#underWay.set(id, underWay + 1);
    this.#highest.set(id, attempt);
    if (!this.#isCalm) return;
    if (underWay > 0) this.violate('two requests of a delivery at once', label);
    if (attempt - redelivery !== before + 1) this.violate('not the number that a person counts', label);
  }

  /** No more attempts in a minute or at a time than the destination allows. A stall delays some, and so brings them together. */
  #checkLimits(to: Target, label: string): void {
    const { now } = this.#time;
    const { perMinute, concurrency } = this.#world.limits(to);
    const isLimited = perMinute !== Number.POSITIVE_INFINITY;
    const begun = isLimited ? (this.#begun.get(to.id) ?? []).filter((time) => time > now - minute) : [];
    begun.push(now);
    this.#begun.set(to.id, begun);
    if (this.#faults.stall > 0) return;
    // Two turns may follow closely, and an attempt may take some seconds to begin.
    if (begun.length > 1.2 * perMinute + 2) this.violate('more attempts than the rate', `${label}: ${begun.length}`);
    if ((this.#under.get(to.id) ?? 0) >= concurrency) this.violate('more attempts at a time than allowed', label);
    this.#under.set(to.id, (this.#under.get(to.id) ?? 0) + 1);
  }

  /** No two workers of a lane attempt at the same time, and each holds the lease. */
  #checkLane(to: string, instance: Instance, label: string): void {
    const lease = this.#world.lease(`lane#${to}`);
    if (!lease?.owner.startsWith(`${instance.name}/`) || lease.until <= this.#time.now)
      this.violate('a lane without its lease', label);
    const flying = this.#flying.get(to) ?? new Set();
    this.#flying.set(to, flying);
    for (const other of flying)
      if (other !== instance && other.isAlive && this.#faults.stall === 0) this.violate('two workers of a lane', label);
    flying.add(instance);
  }

  /** An open destination gets one attempt in each interval, apart from what was decided before. */
  #checkOpen({ job, decided, generation }: Attempt, isAsked: boolean, label: string): void {
    const opened = this.#opened.get(job.to.id);
    const health = this.#world.health(job.to.id);
    if (!opened || health?.state !== 'open') return;
    if (opened.generation !== generation || opened.at >= decided) return;
    const { now } = this.#time;
    const { last } = opened;
    if (!isAsked && this.#faults.stall === 0 && now - opened.at < 0.98 * firstProbe)
      this.violate('attempted while open', label);
    const slack = this.#faults.stall > 0 ? 4 * minute : 20 * second;
    if (!isAsked && last && now - last.began < 0.98 * last.interval - slack)
      this.violate('two attempts in an interval', `${label}, the last at ${shownTime(last.began - this.#start)}`);
    this.count('probes');
    if (isAsked) this.count('asked probes');
    else {
      this.#checkTurn(job, label);
      opened.probes += 1;
    }
    const interval = firstProbe * 2 ** Math.max(0, opened.probes - 1);
    opened.last = { began: now, interval: Math.min(longestProbe, interval) };
  }

  /** A destination that has asked for a wait gets nothing that was decided within it. */
  #checkBlocked({ job, decided, generation }: Attempt, label: string): void {
    const blocked = this.#blocked.get(job.to.id);
    // A probe may come earlier: an open destination is no worse for it.
    if (!blocked || blocked.generation !== generation || this.#world.health(job.to.id)?.state === 'open') return;
    if (blocked.at < decided && this.#time.now < blocked.until) this.violate('attempted before Retry-After', label);
  }

  /** A probe is what was not attempted for the longest time, of what every index shows. */
  #checkTurn(job: DeliveryJob, label: string): void {
    // A search that takes long is not finished.
    if (this.#faults.stall > 0) return;
    const { now } = this.#time;
    const mine = this.#attemptedAt(idOf(job));
    for (const row of this.#world.rows()) {
      const id = idOf(row);
      if (row.status !== 'parked' || row.to.id !== job.to.id || (this.#changed.get(id) ?? 0) > now - 10 * minute)
        continue;
      if (this.#attemptedAt(id) >= mine) continue;
      this.violate('a probe out of turn', `${label}, and not ${id}`);
      return;
    }
  }

  #attemptedAt = (id: string): number => this.#last.get(id)?.began ?? 0;

  /** The schedule has room for so many attempts, and one of each generation. What an open destination is probed with does not count. */
  #checkCount({ job, decided, generation }: Attempt, epoch: string, label: string): void {
    const opened = this.#opened.get(job.to.id);
    if (opened && opened.at < decided) return;
    const { now } = this.#time;
    const tries = this.#tries.get(epoch) ?? { first: now, attempts: new Set() };
    this.#tries.set(epoch, tries);
    tries.attempts.add(job.attempt);
    // Each generation tries at once what waits.
    let room = 1 + generation + (this.#asks.get(idOf(job))?.length ?? 0);
    const { schedule: own } = this.#world.retries(job.to);
    for (let at = tries.first, step = 0; at <= now; at += 0.8 * scheduledWait(step, own), step += 1) room += 1;
    if (tries.attempts.size > room)
      this.violate('more attempts than the schedule has', `${label}: ${tries.attempts.size} of ${room}`);
  }

  /** The receiver has answered, or there is no answer. */
  ended(sent: SentAttempt, result: OutboundResult): void {
    const { job, instance } = sent;
    this.#flying.get(job.to.id)?.delete(instance);
    this.#underWay.set(idOf(job), (this.#underWay.get(idOf(job)) ?? 0) - 1);
    this.#under.set(job.to.id, (this.#under.get(job.to.id) ?? 0) - 1);
    const kind = kindOf(result);
    this.note(() => `end ${idOf(job)} attempt ${job.attempt}: ${kind}`);
    this.noted(sent, kind);
    if (kind === 'delivered') this.#wins.add(sent.epoch);
    if (kind === 'gone') this.#gone.add(sent.epoch);
    if (kind === 'delivered' || kind === 'gone') return;
    if (isFinal(result, this.#world.retries(job.to).retryOn)) this.#final.set(sent.epoch, job.attempt);
    else this.#goesOn.add(`${sent.epoch} ${job.attempt}`);
  }

  noted({ job, epoch, began, generation, instance }: SentAttempt, kind: Kind): void {
    const result = {
      id: idOf(job),
      attempt: job.attempt,
      epoch,
      to: job.to.id,
      event: `${job.event}/${job.receivedAt}`,
      generation,
      kind,
      began,
      ended: this.#time.now,
      by: instance.name,
    };
    this.results.push(result);
    this.#last.set(result.id, result);
  }

  // ---- rows

  rowChanged(row: DeliveryRow, before: DeliveryRow | undefined): void {
    const { now } = this.#time;
    const id = idOf(row);
    const epoch = epochOf(id, row.redelivery);
    this.#changed.set(id, now);
    this.note(() => {
      const due = row.due === undefined ? '' : ` due ${shownTime(row.due - this.#start)}`;
      return `row ${id} ${row.status}${row.reason ? ` (${row.reason})` : ''} attempt ${row.attempt} step ${row.step}${due}`;
    });
    if (before && !isLive(before) && before.redelivery === row.redelivery)
      if (row.status !== before.status && row.status !== 'delivered')
        this.violate('an end did not last', `${id} ${before.status} → ${row.status}`);
    if (before?.redelivery === row.redelivery && !nextStates(before.status).includes(row.status))
      this.violate('a state that does not follow', `${id} ${before.status} → ${row.status}`);
    if (before && isLive(before) && before.redelivery !== row.redelivery)
      this.violate('redelivered, though it had not ended', id);
    if (before && row.attempt < before.attempt) this.violate('the number of the attempt went back', id);
    if (row.due !== undefined && row.status !== 'waiting')
      this.violate('due, though it does not wait', `${id} ${row.status}`);
    if (row.due === undefined && row.status === 'waiting') this.violate('waits for nothing', id);
    if (!this.#made.has(epoch)) this.#made.set(epoch, now);
    if (row.attempt > (before?.attempt ?? 1)) {
      this.#passed.set(id, [...(this.#passed.get(id) ?? []), { attempt: row.attempt, at: now }]);
      this.#noteTime(row, before, id);
    }
    // Whatever is parked is attempted at any time.
    if (row.status === 'parked') this.#notBefore.delete(`${id} ${row.attempt}`);
    if (!isLive(row) && (!before || isLive(before))) this.#ended.set(id, now);
    if (row.status !== before?.status || row.redelivery !== before.redelivery) this.#checkEnd(row, id, epoch);
  }

  /** The earliest moment of the next attempt, unless the destination's lane makes it. */
  #noteTime(row: DeliveryRow, before: DeliveryRow | undefined, id: string): void {
    if (row.status !== 'waiting' || (before && row.redelivery !== before.redelivery)) return;
    const epoch = epochOf(id, row.redelivery);
    if (this.#final.get(epoch) === row.attempt - 1 && !this.#goesOn.has(`${epoch} ${row.attempt - 1}`))
      this.violate('goes on after an answer that ends it', id);
    const wait = 0.8 * scheduledWait(before?.step ?? 0, this.#world.retries(row.to).schedule);
    const last = this.#last.get(id);
    // The last wait may be shorter, so that it ends with the limit.
    const left = this.#world.giveUpMs(row.to) - this.#age(row) - 2 * minute;
    if (last) this.#notBefore.set(`${id} ${row.attempt}`, last.ended + Math.min(wait, left) - second);
  }

  #age = (row: DeliveryRow): number =>
    this.#unpaused(row.to.id, this.#made.get(epochOf(idOf(row), row.redelivery)) ?? this.#time.now, this.#time.now);

  #checkEnd(row: DeliveryRow, id: string, epoch: string): void {
    const { now } = this.#time;
    const to = row.to.id;
    switch (row.status) {
      case 'waiting':
      case 'parked':
        return;
      case 'delivered':
        if (!this.#wins.has(epoch)) this.violate('told as delivered, and is not', id);
        return;
      case 'expired':
        if (now < row.expiresAt * second) this.violate('expired early', id);
        return;
      case 'cancelled':
        if (this.#world.isThere(row.to)) this.violate('cancelled for nothing', id);
        return;
      case 'failed':
        if (row.reason === 'gone' && !this.#gone.has(epoch)) this.violate('told as gone, and is not', id);
        if (row.reason === 'not_retried' && this.#world.isThere(row.to) && !this.#final.has(epoch))
          this.violate('ended by an answer that is tried again', id);
        if (
          row.reason !== 'gone' &&
          row.reason !== 'not_retried' &&
          // Nobody knows whether a message came again because of its event, or because functions end.
          !(['internal', 'match_too_costly'].includes(row.reason ?? '') && this.#faults.crash > 0)
        )
          this.violate('failed for nothing', `${id} ${row.reason}`);
        return;
      case 'given_up': {
        this.#givenUp.set(to, (this.#givenUp.get(to) ?? 0) + 1);
        const from = row.redelivery === 0 ? Date.parse(row.receivedAt) : (this.#made.get(epoch) ?? now);
        const [age, limit] = [this.#unpaused(to, from, now), this.#world.giveUpMs(row.to)];
        if (age < limit - 2 * minute && this.#world.isThere(row.to))
          this.violate('given up early', `${id} at ${shownTime(age)} of ${shownTime(limit)}`);
        this.#checkLastTry(row, id, limit);
        if (!this.#world.isPoison(row.event) && now > this.quietFrom + 2 * hour)
          this.violate('given up though its receiver was well', id);
      }
    }
  }

  /** What is given up was attempted after its time, unless nothing could be attempted. */
  #checkLastTry(row: DeliveryRow, id: string, limit: number): void {
    const { now } = this.#time;
    const to = row.to.id;
    const health = this.#world.health(to);
    const isShut = health && (health.state === 'open' || health.blockedUntil > now);
    // Its own limit went with a destination that was deleted while this attempt was under way.
    if (!this.#world.isThere(row.to)) return;
    if (isShut || (this.#shut.get(to) ?? 0) > now - 10 * minute || this.#world.isUnreadable(row.to)) return;
    const last = this.#last.get(id);
    const made = this.#made.get(epochOf(id, row.redelivery)) ?? now;
    // A fault of ours may last longer than a delivery waits for its end.
    if (this.#faults.throttle > 0 && this.#unpaused(to, made, now) > limit + hour) return;
    if (!last || this.#unpaused(to, made, last.ended) < limit - 2 * minute)
      this.violate('given up without a last attempt', id);
  }

  /** An invocation returned, so what it was told to be delivered is written down. */
  recorded({ job, epoch }: SentAttempt): void {
    const id = idOf(job);
    const row = this.#world.row(id);
    if (row && epochOf(id, row.redelivery) === epoch && row.status !== 'delivered')
      this.violate('a success was dropped', `${id} attempt ${job.attempt}, the row is ${row.status}`);
  }

  // ---- health and notices

  healthChanged(to: string, health: DestinationHealth | undefined, before: DestinationHealth | undefined): void {
    const isShut = (one: DestinationHealth | undefined) =>
      one !== undefined && (one.state === 'open' || one.blockedUntil > this.#time.now);
    if (isShut(health) || isShut(before)) this.#shut.set(to, this.#time.now);
    if (health && before && before.blockedUntil > 0)
      this.#shut.set(to, Math.max(this.#shut.get(to) ?? 0, before.blockedUntil));
    if (health && health.blockedUntil > (before?.blockedUntil ?? 0))
      this.#blocked.set(to, { at: this.#time.now, until: health.blockedUntil, generation: health.generation });
    if (!health) return;
    this.#incidentChanged(to, health, before);
    if (health.state === before?.state && health.generation === before.generation) return;
    if (before && health.state === 'recovering') this.#checkRecovery(to, health, before);
    const { now } = this.#time;
    this.note(() => `health ${to} ${before?.state ?? '-'} → ${health.state} generation ${health.generation}`);
    if (health.state !== 'open') return;
    this.#opened.set(to, { at: now, generation: health.generation, probes: 0 });
    const incident = this.#incidents.get(health.incident ?? '');
    if (incident) incident.opened ??= now;
    else this.violate('opened without an incident', to);
    this.count('opened');
    const [inGeneration, ever] = [this.#failuresOf(to, health.generation), this.#failuresOf(to)];
    const isEnough = ({ broken, refused }: { broken: number; refused: number }) => broken >= 5 || refused >= 20;
    if (!isEnough(inGeneration))
      this.violate(isEnough(ever) ? 'opened by results of another generation' : 'opened by too few events', to);
    else if (
      this.#faults.crash + this.#faults.throttle === 0 &&
      !isEnough(this.#failuresOf(to, health.generation, true))
    )
      this.violate('opened though it worked meanwhile', to);
  }

  /** An incident begins with two failures without a success since, and lasts until a success, whatever an operator changes. */
  #incidentChanged(to: string, health: DestinationHealth, before: DestinationHealth | undefined): void {
    const { now } = this.#time;
    const [open, ended] = [health, before].map((one) => (one?.outage ? (one.incident ?? '') : undefined));
    if (open === ended) return;
    this.note(() => `incident ${to} ${ended ?? '-'} → ${open ?? '-'}`);
    const over = this.#incidents.get(ended ?? '');
    if (over) {
      over.closed = now;
      const since = before?.outage?.since ?? 0;
      if (!this.results.some((result) => result.to === to && isSuccess(result) && result.began >= since))
        this.violate('an incident ended without a success', to);
    }
    if (open === undefined) return;
    if (this.#incidents.has(open)) this.violate('an incident began twice', open);
    this.#incidents.set(open, { to, at: now, told: new Set() });
    this.count('incidents');
    // Twenty answers with 429 are no failures, and open a destination all the same.
    if (health.state === 'open') return;
    // Whoever failed to note a success did not stop at that.
    const known = this.#areServicesWell ? now - minute : 0;
    // Nor does an instance note one that knows of no failure: its batch began before that failure was written.
    if (this.#failedSince(to, health.generation, known, minute).length < 2)
      this.violate('an incident by fewer than two failures', to);
  }

  /**
   * The failures since the last success that ended before a time, in one generation. What succeeded later is perhaps not known yet.
   * @param slack how long before that success a failure may have begun, in milliseconds
   */
  #failedSince(to: string, generation: number, before: number, slack = 0): Result[] {
    const failed: Result[] = [];
    const of = this.results.filter((result) => result.to === to && result.generation === generation);
    const since = Math.max(0, ...of.filter((each) => isSuccess(each) && each.ended < before).map(({ began }) => began));
    for (const each of of)
      if (!isSuccess(each) && each.kind !== 'limited' && each.began >= since - slack) failed.push(each);
    return failed;
  }

  /** The different events that failed, in one generation or in all, ever or since the last success. */
  #failuresOf(to: string, generation?: number, sinceSuccess = false): { broken: number; refused: number } {
    const { now } = this.#time;
    const results = this.results.filter(
      (result) => result.to === to && (generation === undefined || result.generation === generation),
    );
    const success = results.findLast(
      ({ kind, ended }) => (kind === 'delivered' || kind === 'gone') && ended < now - second,
    );
    // An instance learns of the failures of others when its next batch begins.
    const since = sinceSuccess && success ? success.ended - minute : 0;
    const different = (kinds: Kind[]) =>
      new Set(results.filter(({ kind, ended }) => kinds.includes(kind) && ended > since).map(({ event }) => event))
        .size;
    return { broken: different(['broken']), refused: different(['refused', 'limited']) };
  }

  published(to: Target, notices: readonly Notice[], givenUp: number): void {
    this.note(() => `publish ${to.id} ${notices.map(({ type }) => type)} given up ${givenUp}`);
    for (const { type, incident } of notices) {
      const found = this.#incidents.get(incident);
      if (found) this.#toldOf(type, incident, found);
      else this.violate('a notice of no incident', incident);
    }
    const { now: at } = this.#time;
    this.told.push(...notices.map(({ type }) => ({ at, what: type })));
    if (givenUp > 0) this.told.push({ at, what: 'delivery.given_up' });
    this.#givenUpTold.set(to.id, (this.#givenUpTold.get(to.id) ?? 0) + givenUp);
  }

  #toldOf(type: Notice['type'], name: string, incident: Incident): void {
    const { now } = this.#time;
    const { at, opened, closed = now, told } = incident;
    const isFirst = !told.has(type);
    told.add(type);
    if (!isFirst) {
      if (this.#areServicesWell) this.violate('a notice twice', `${name} ${type}`);
    } else if (type === 'destination.recovered') {
      if (!told.has('destination.failing')) this.violate('recovered from what nobody was told', name);
    } else if (now > (opened ?? at) + this.#longestSilence) this.violate('a notice late', name);
    // A write that stalls notes when it was decided.
    else if (this.#faults.stall === 0 && opened === undefined && closed < at + minute)
      this.violate('a notice of what was over soon', name);
  }

  /** How long after its beginning an incident is told at the latest. The sweep sees the timer by an index that may be four minutes late. */
  get #longestSilence(): number {
    if (this.#isCalm) return 3 * minute;
    // A lane may end several times in a row, and each time its lease has to run out.
    return this.#areServicesWell ? 7 * minute : 2 * hour;
  }

  /** Whether no service fails and no function ends. Receivers may be ill. */
  get #areServicesWell(): boolean {
    return this.#faults.crash + this.#faults.throttle + this.#faults.stall + this.#faults.duplicate === 0;
  }

  // ---- now and then, and at the end

  /** A destination that has failed twice, without a success since, has an incident. */
  checkFailing(): void {
    if (!this.#areServicesWell) return;
    const { now } = this.#time;
    const open = new Set(
      [...this.#incidents.values()].filter(({ closed }) => closed === undefined).map(({ to }) => to),
    );
    for (const [to, last] of new Map(this.results.map((result) => [result.to, result]))) {
      if (open.has(to) || this.#deleted.has(to) || this.#silent.has(to)) continue;
      const success = this.results.findLast((result) => result.to === to && isSuccess(result));
      const failed = this.#failedSince(to, last.generation, now).filter(
        ({ began, ended }) => began > (success?.ended ?? 0) && ended < now - 10 * minute,
      );
      if (failed.length < 2) continue;
      this.#silent.add(to);
      this.violate('fails in silence', to);
    }
  }

  /** Whatever waits has something that wakes it up. */
  checkWaiting(): void {
    this.checkFailing();
    const before = this.#time.now - 45 * minute;
    for (const row of this.#world.rows()) {
      const id = idOf(row);
      if ((this.#changed.get(id) ?? 0) > before || this.#asleep.has(id)) continue;
      const isAsleep = row.status === 'parked' ? !this.#world.hasTimer(row.to.id) : (row.due ?? before) < before;
      if (!isAsleep || !isLive(row)) continue;
      this.#asleep.add(id);
      this.violate('nothing wakes it up', `${id} to ${row.to.id}: ${row.status} attempt ${row.attempt}`);
    }
  }

  atTheEnd(): void {
    for (const [id, to] of this.expected) {
      const row = this.#world.row(id);
      if (!row && this.#mayEndBefore.has(id) && this.#faults.crash > 0) this.count('unmatched');
      else if (!row) this.violate('lost', `${id} to ${to.id}`);
      else if (isLive(row) && !this.#isStillPaused(to.id))
        this.violate('stranded', `${id} to ${to.id}: ${row.status} attempt ${row.attempt}`);
      else this.count(row.status);
      if (!row || this.#faults.crash > 0) continue;
      if (['given_up', 'failed'].includes(row.status) && this.#wins.has(epochOf(id, row.redelivery)))
        this.violate('delivered, and told as lost', `${id} ${row.status}`);
    }
    for (const row of this.#world.rows())
      if (!this.expected.has(idOf(row))) this.violate('a row for nothing', `${idOf(row)} ${row.status}`);
    // What ended before it could be told is not told.
    const late = this.#areServicesWell ? 3 * minute : hour;
    for (const [incident, { at, opened, closed, told }] of this.#incidents) {
      const hasToBeTold = opened !== undefined || (closed ?? this.#time.now) > at + late;
      if (hasToBeTold && !told.has('destination.failing'))
        this.violate('no notice of an incident', `${incident} failing`);
      if (closed !== undefined && told.has('destination.failing') && !told.has('destination.recovered'))
        this.violate('no notice of an incident', `${incident} recovered`);
    }
    for (const [to, count] of this.#givenUp)
      if ((this.#givenUpTold.get(to) ?? 0) < count)
        this.violate('given up in silence', `${to}: ${count}, told ${this.#givenUpTold.get(to) ?? 0}`);
    // An operator may pause one when all is well already.
    const timers = this.#world.timers().filter((id) => !this.#isStillPaused(id));
    if (timers.length > 0) this.violate('a timer never goes', timers.join());
    this.#checkTwice();
  }

  /** If nothing goes wrong, each attempt is made once. */
  #checkTwice(): void {
    const seen = new Set<string>();
    for (const { id, attempt, by } of this.results) {
      const name = `${id} ${attempt}`;
      if (seen.has(name)) {
        this.count('repeated');
        if (this.#isCalm) this.violate('sent twice without a fault', `${name} by ${by}`);
      }
      seen.add(name);
    }
  }
}
