/** What happens in a run: events arrive, receivers fall ill, operators act, and at last all is well. A seed decides. */
import { isDeepStrictEqual } from 'node:util';
import type { Target } from '../../../shared/deliveries/dispatch/delivery-job.ts';
import { type Rule, routesVersionOf } from '../../../shared/deliveries/route/routes.ts';
import type { Checker } from './checker.ts';
import { type Faults, noFaults } from './fleet.ts';
import { bodyOf, Gateway, type GatewayOptions, type Moment, type WorldEvent } from './gateway.ts';
import { answerOf, type Mode, modes } from './receivers.ts';
import { day, hour, minute, second, VirtualTime } from './virtual-time.ts';

/** How much goes wrong in a run. */
export interface Profile {
  faults: Faults;
  hasLag: boolean;
}

export const profiles = {
  /** Everything goes wrong now and then. */
  chaos: {
    faults: { crash: 0.003, stall: 0.004, throttle: 0.01, lost: 0.003, refuse: 0.03, duplicate: 0.03 },
    hasLag: true,
  },
  /** Nothing fails, but the indexes are late. */
  lag: { faults: noFaults, hasLag: true },
  /** Only the receivers, and the operators. */
  calm: { faults: noFaults, hasLag: false },
} as const satisfies Record<string, Profile>;
export type ProfileName = keyof typeof profiles;

export interface RunOptions {
  isTraced?: boolean;
  laneConcurrency?: number;
  dispatchConcurrency?: number;
  lanesInDispatch?: boolean;
  /** Whatever is well answers quickly, and there are no transforms. */
  isPrompt?: boolean;
  /** Whether a destination's backlog in the queue keeps back no other's. */
  isFair?: boolean;
}

/** A receiver is in a mode from a time on. */
interface Phase {
  from: number;
  mode: Mode;
}

/** Destinations, their receivers and the events, whatever the story is. */
export class World {
  readonly time: VirtualTime;
  readonly gateway: Gateway;
  readonly checker: Checker;
  readonly targets: Target[] = [];
  readonly #phases = new Map<string, Phase[]>();
  readonly #poison = new Set<string>();
  /** Events whose attempts end the function, and how often each did. */
  readonly deadly = new Map<string, number>();
  /** Destinations whose receiver is well at any other URL than the first. */
  readonly #movedWell = new Set<string>();
  #isQuiet = false;
  #meddling: Partial<Record<Moment, number>> = {};
  #wishes = 0;
  #made = 0;
  operate: (to: Target, where: Moment) => void = () => undefined;

  constructor(seed: number, profile: Profile, options: RunOptions) {
    this.time = new VirtualTime(seed);
    const {
      isTraced = false,
      dispatchConcurrency = 5,
      laneConcurrency = 10,
      lanesInDispatch = false,
      isPrompt = false,
      isFair = false,
    } = options;
    const all: GatewayOptions = {
      ...profile,
      isTraced,
      dispatchConcurrency,
      laneConcurrency,
      lanesInDispatch,
      isPrompt,
      isFair,
    };
    this.gateway = new Gateway(this.time, all, {
      answer: (to, event, url, timeoutMs) =>
        answerOf(this.#modeOf(to, url), this.#poison.has(event.id), timeoutMs, this.time, isPrompt),
      answerTest: (to, url, timeoutMs) => answerOf(this.#modeOf(to, url), false, timeoutMs, this.time, isPrompt),
      isPoison: (event) => this.#poison.has(event),
      endsFunction: (event) => {
        const before = this.deadly.get(event);
        if (before !== undefined) this.deadly.set(event, before + 1);
        return before !== undefined;
      },
      meddle: (where, to) => this.#meddle(where, to),
      meddleWith: (id, to) => this.#meddleWith(id, to),
      isUnreadable: (to) => this.#modeOf(to, 'first') === 'unreadable',
    });
    this.checker = this.gateway.checker;
  }

  addDestination(
    name: string,
    settings: {
      giveUpAfterHours?: number;
      rate?: { perSecond: number } | { perMinute: number };
      concurrency?: number;
      schedule?: number[];
      retryOn?: string[];
    } = {},
    receiver: { phases?: Phase[]; movedWell?: boolean; oauth?: boolean } = {},
  ): Target {
    this.#made += 1;
    const to = { id: `${name}-${this.#made}`, name };
    const valueId = `value of ${to.id}`;
    const at = new Date(this.time.now).toISOString();
    this.gateway.values.set(valueId, {
      url: `https://${name}.example/first`,
      headers: {},
      auth: receiver.oauth
        ? {
            kind: 'oauth2',
            tokenUrl: 'https://tokens.example/',
            clientId: 'a client',
            clientSecret: 'a secret',
            clientAuthentication: 'basic',
          }
        : { kind: 'none' },
      signingSecret: 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
    });
    this.gateway.destinations.put(name, {
      id: to.id,
      name,
      description: '',
      origin: `https://${name}.example`,
      method: 'POST',
      headerNames: [],
      authKind: receiver.oauth ? 'oauth2' : 'none',
      timeoutSeconds: 15,
      giveUpAfterHours: 72,
      ...settings,
      status: 'active',
      pausedMs: 0,
      generation: 1,
      version: 1,
      createdAt: at,
      updatedAt: at,
      updatedBy: 'an operator',
      secret: 'arn',
      valueId,
      signing: { createdAt: at, createdBy: 'an operator' },
      entry: { verb: 'create', by: 'an operator', at },
    });
    this.targets.push(to);
    this.#phases.set(to.id, receiver.phases ?? []);
    if (receiver.movedWell) this.#movedWell.add(to.id);
    return to;
  }

  poison(event: string): void {
    this.#poison.add(event);
  }

  #modeOf(to: Target, url: string): Mode {
    if (this.#isQuiet) return 'up';
    if (!url.endsWith('first') && this.#movedWell.has(to.id)) return 'up';
    return this.#phases.get(to.id)?.findLast(({ from }) => from <= this.time.now)?.mode ?? 'up';
  }

  #meddle(where: Moment, to: Target): void {
    const { time } = this;
    const left = this.#meddling[where] ?? 0;
    if (
      left === 0 ||
      this.#isQuiet ||
      !time.chance({ park: 0.01, lane: 0.01, flight: 0.5, test: 0.3, opening: 0.4 }[where])
    )
      return;
    this.#meddling[where] = left - 1;
    const soon = time.between(0, time.pick([30, 200, 2_000, 15_000]));
    time.in(soon, () => this.operate(to, where));
  }

  /** Operators ask for a delivery, or for all of its destination, while its attempt begins or while it is parked. */
  #meddleWith(id: string, to: Target): void {
    const { time, gateway } = this;
    if (this.#wishes === 0 || this.#isQuiet || !time.chance(0.1)) return;
    this.#wishes -= 1;
    const isForOne = time.chance(0.7);
    time.in(time.between(0, time.pick([10, 200])), () =>
      isForOne ? gateway.attemptNow(id) : gateway.attemptWaiting(to),
    );
  }

  /** Lets operators act at the worst moments, so often at most. */
  letMeddle(most: Partial<Record<Moment, number>>, wishes: number): void {
    this.#meddling = { ...most };
    this.#wishes = wishes;
  }

  /** From now on all receivers are well, and nothing else goes wrong. */
  beQuiet(): void {
    this.#isQuiet = true;
    this.gateway.trouble.isOver = true;
    this.checker.quietFrom = this.time.now;
    this.checker.note(() => 'from here on all is well');
  }

  /** Stores a list of routes. @returns its version */
  #routesOf(rules: Rule[]): string {
    const routes = { mode: 'all' as const, rules };
    const { version } = routesVersionOf(routes);
    if (!this.gateway.routes.has(version)) this.gateway.routes.set(version, routes);
    return version;
  }

  /** An event arrives, unless one that has not expired has its id. */
  arrive(id: string, rules: Rule[], lastsMs: number): void {
    const { events, bodies } = this.gateway;
    const { now } = this.time;
    const before = events.get(id);
    if (before && now < before.expiresAt * second) return;
    const receivedAt = new Date(now).toISOString();
    const expiresAt = Math.ceil((now + lastsMs) / second);
    const body = Buffer.from(bodyOf({ id, receivedAt }));
    const bodyKey = this.time.chance(0.1) ? `${id} ${receivedAt}` : undefined;
    if (bodyKey) bodies.set(bodyKey, body);
    const event: WorldEvent = {
      id,
      receivedAt,
      expiresAt,
      method: 'POST',
      endpointId: 'end_1',
      size: body.length,
      type: this.time.pick(types),
      tokenId: 'tok_1',
      connectionId: 'con_1',
      connection: 'a-connection',
      provider: 'custom',
      requestId: id,
      path: '/',
      sourceIp: '192.0.2.1',
      sha256: '',
      verifiedBy: 'token',
      bytesAltered: false,
      replays: 0,
      tokenIn: [],
      headers: { 'content-type': 'text/plain' },
      contentType: 'text/plain',
      query: '',
      body: bodyKey ? Buffer.alloc(0) : body,
      ...(bodyKey && { bodyKey }),
      routes: this.#routesOf(rules),
    };
    events.set(id, event);
    // DynamoDB deletes it some time later.
    this.time.at(expiresAt * second + this.time.between(0, day), () => {
      if (events.get(id)?.receivedAt === receivedAt) events.delete(id);
    });
    this.#route(event, rules);
  }

  /** Publishes an event again, with other rules. */
  replay(event: WorldEvent, rules: Rule[]): void {
    const replayed = { ...event, replays: event.replays + 1, routes: this.#routesOf(rules) };
    this.gateway.events.set(event.id, replayed);
    this.#route(replayed, rules);
  }

  #route(event: WorldEvent, rules: Rule[]): void {
    const matching = rules.filter(({ when }) => when === undefined || isDeepStrictEqual(when, { type: [event.type] }));
    const mayEndBefore = event.bodyKey !== undefined && event.expiresAt * second - this.time.now < day;
    for (const { id: rule, to } of matching)
      this.checker.expect(
        { event: event.id, receivedAt: event.receivedAt, rule, replay: event.replays },
        to,
        mayEndBefore,
      );
    this.gateway.relay(event);
  }
}

/** The types of events. */
const types = ['order.paid', 'order.shipped'];

/** The id of an event, of the form that Hooklatch gives. */
export const eventIdOf = (name: string): string => `evt_${name.replaceAll(/[^0-9a-z]/g, '').padStart(26, '0')}`;

/** One run of a seed, from the first event until everything has ended. */
export async function runSeed(seed: number, profile: Profile, options: RunOptions = {}): Promise<Checker> {
  const world = new World(seed, profile, options);
  const { time, gateway, checker } = world;
  const start = time.now;
  const span = time.pick([hour, 6 * hour, 3 * day]);
  const names = ['alpha', 'beta', 'gamma'].slice(0, 2 + time.below(2));
  let longest = 0;
  // The other seeds have the usual waits.
  const hasOwnRetries = seed % 5 === 0;
  const addDestination = (name: string): Target => {
    const giveUpAfterHours = time.pick([2, 12, 72]);
    longest = Math.max(longest, giveUpAfterHours * hour);
    const rates = [{ perSecond: 1 }, { perSecond: 2 }, { perMinute: 6 }, { perMinute: 60 }];
    const phases = Array.from({ length: 1 + time.below(5) }, () => ({
      from: start + time.between(0, span),
      mode: time.pick(modes),
    })).sort((one, other) => one.from - other.from);
    // Operators test what they have mended, or broken.
    for (const { from } of phases)
      for (const ms of [time.between(second, 20 * second), time.between(second, 10 * minute)])
        time.at(from + ms, () => {
          for (const to of world.targets) if (to.name === name) gateway.test(to);
        });
    return world.addDestination(
      name,
      {
        giveUpAfterHours,
        ...(time.chance(0.2) && { rate: time.pick(rates) }),
        ...(time.chance(0.1) && { concurrency: 1 + time.below(4) }),
        ...(hasOwnRetries && {
          schedule: time.pick([[300], [5, 5, 5, 600], [600, 30, 3_600]]),
          ...(time.chance(0.5) && { retryOn: time.pick([['404'], ['5xx'], ['302', '4xx', '503']]) }),
        }),
      },
      { phases, movedWell: time.chance(0.5), oauth: time.chance(0.2) },
    );
  };
  for (const name of names) addDestination(name);

  const newRules = () =>
    Array.from({ length: 1 + time.below(3) }, (_, at) => ({
      id: `r${at}`,
      to: time.pick(world.targets),
      ...(time.chance(0.2) && { when: { type: [time.pick(types)] } }),
    }));
  let rules = newRules();
  const { gateway: operators } = world;
  const actions = {
    pause: (to: Target) => operators.pause(to),
    resume: (to: Target) => operators.resume(to),
    move: (to: Target) => operators.move(to),
    remove: (to: Target) => operators.remove(to),
    attemptWaiting: (to: Target) => operators.attemptWaiting(to),
  };
  /** Operators ask for some of what waits, and click twice now and then. */
  const askForSome = () => {
    const live = [...gateway.rows.items].filter(([, { value }]) => ['waiting', 'parked'].includes(value.status));
    for (let left = time.below(4); left > 0 && live.length > 0; left -= 1) {
      const [id] = time.pick(live);
      gateway.attemptNow(id);
      if (time.chance(0.5)) time.in(time.pick([20, 300, 6 * second]), () => gateway.attemptNow(id));
    }
  };
  /** Operators test what fails, and now and then what does not. */
  const testSome = () => {
    for (const to of world.targets) {
      const health = gateway.health.value(to.id);
      if (health?.outage || health?.state === 'open' || time.chance(0.2)) gateway.test(to);
    }
  };
  world.operate = (to, where) => {
    const { pause, resume, move, remove, attemptWaiting } = actions;
    const some = {
      park: [pause, remove],
      lane: [pause, pause, resume, move, attemptWaiting, time.chance(0.5) ? remove : pause],
      flight: [move, move, move, pause, remove],
      test: [move, pause, pause, remove],
      opening: [move],
    };
    time.pick(some[where])(to);
  };
  world.letMeddle({ park: 1, lane: 1, flight: 2, test: 2, opening: 1 }, 20);
  const operations = [
    ...Array.from({ length: 3 }, () => () => world.operate(time.pick(world.targets), 'lane')),
    ...Array.from({ length: 3 }, () => () => {
      const ids = [...checker.expected.keys()];
      if (ids.length > 0) gateway.redeliver(time.pick(ids));
    }),
    () => {
      rules = newRules();
    },
    () => {
      const events = [...gateway.events.values()].filter(({ expiresAt }) => time.now < expiresAt * second - minute);
      if (events.length > 0) world.replay(time.pick(events), rules);
    },
    () => {
      const gone = names.find((name) => gateway.destinations.value(name) === undefined);
      if (gone === undefined) return;
      addDestination(gone);
      rules = newRules();
    },
  ];
  const poisonous = time.pick([0.03, 0.03, 0.3]);
  const density = time.pick([second, 20 * second]);
  const bursts = [0, 1, 2].map(() => start + time.between(0, span));
  for (let count = 8 + time.below(40), made = 0; made < count; made += 1) {
    const isAgain = time.chance(0.25);
    const id = eventIdOf(isAgain ? `again${time.below(2)}` : `e${made}`);
    if (time.chance(poisonous)) world.poison(id);
    const isBrief = isAgain || time.chance(0.1);
    const at = time.chance(0.5) ? start + time.between(0, span) : time.pick(bursts) + time.between(0, density);
    time.at(at, () => world.arrive(id, rules, isBrief ? time.between(minute, 4 * hour) : 60 * day));
  }
  for (let left = time.below(10); left > 0; left -= 1) time.at(start + time.between(0, span), time.pick(operations));
  for (let left = time.below(12); left > 0; left -= 1) time.at(start + time.between(0, span), askForSome);
  for (let left = time.below(40); left > 0; left -= 1) time.at(start + time.between(0, span), testSome);
  const quiet = start + span + 30 * second;
  time.at(quiet, () => {
    world.beQuiet();
    for (const to of world.targets) time.in(time.between(0, 10 * second), () => gateway.test(to));
    for (const to of world.targets) if (gateway.destination(to)?.status === 'paused') gateway.resume(to);
  });
  const redrive = () => {
    gateway.redrive();
    time.in(6 * hour, redrive);
  };
  time.in(5 * hour, redrive);
  gateway.sweepEachMinute();
  await time.runUntil(quiet);
  await time.runUntil(quiet + longest + 2 * day);
  checker.atTheEnd();
  return checker;
}
