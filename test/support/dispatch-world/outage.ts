/** Outages as somebody sees them who looks at the screen and listens to the bus: what was said when, until it was over. */
import { destinationHealthViewOf } from '../../../shared/deliveries/dispatch/destination-health-view.ts';
import { attentionOfDestination } from '../../../shared/operators/journal/attention.ts';
import { noFaults } from './fleet.ts';
import { eventIdOf, World } from './scenario.ts';
import { day, hour, minute, second } from './virtual-time.ts';

/** A thing that was said, and when: in seconds since the outage began. */
export interface Said {
  at: number;
  what: string;
}

export interface Outage {
  /** What the screen said, each time that it changed: the findings, and nothing if nobody is needed. */
  screen: Said[];
  /** What the bus was told. */
  bus: Said[];
  violations: string[];
  delivered: number;
  /** When it was last failing, at the end: from and until, in seconds since the outage began. */
  lastFailing: [from: number, until: number] | undefined;
  /** What the screen said of what went wrong. */
  wrong: string[];
}

/** The screen is looked at so often. */
const lookMs = 5 * second;

interface Story {
  /** How long the receiver is down, and when that begins. */
  down?: { from: number; lasts: number };
  /** When events come, and which of them the receiver always refuses. */
  events: { at: number; isPoison?: boolean }[];
  until: number;
}

async function tell(seed: number, { down, events, until }: Story): Promise<Outage> {
  const world = new World(seed, { faults: noFaults, hasLag: false }, { isPrompt: true });
  const { time, gateway, checker } = world;
  const start = time.now;
  const from = down?.from ?? events.find(({ isPoison }) => isPoison)?.at ?? 0;
  const phases = down
    ? [
        { from: start + down.from, mode: 'down' as const },
        { from: start + down.from + down.lasts, mode: 'up' as const },
      ]
    : [];
  const to = world.addDestination('shop', { giveUpAfterHours: 72 }, { phases });
  for (const [index, { at, isPoison }] of events.entries()) {
    const id = eventIdOf(`e${index}`);
    if (isPoison) world.poison(id);
    time.at(start + at, () => world.arrive(id, [{ id: 'all', to }], 60 * day));
  }
  const seconds = (ms: number): number => (ms - start - from) / second;
  const screen: Said[] = [];
  const wrong = new Set<string>();
  let last: [number, number] | undefined;
  const look = () => {
    const destination = gateway.destination(to);
    if (!destination) return;
    const rows = [...gateway.rows.items.values()].map(({ value }) => value);
    const health = destinationHealthViewOf(
      {
        destination,
        health: gateway.health.value(to.id),
        backlog: {
          rows: rows
            .filter(({ status }) => status === 'waiting' || status === 'parked')
            .sort((one, other) => one.receivedAt.localeCompare(other.receivedAt)),
          isMore: false,
        },
        givenUpAt: rows.findLast(({ status }) => status === 'given_up')?.receivedAt,
      },
      time.now,
    );
    const found = attentionOfDestination({ destination, health }, new Date(time.now));
    const what = found.map(({ kind }) => kind).join(', ') || 'nothing';
    for (const each of found) if ('wrong' in each && each.wrong) wrong.add(each.wrong.what);
    if (what !== (screen.at(-1)?.what ?? 'nothing')) screen.push({ at: seconds(time.now), what });
    const { lastFailing } = health;
    last = lastFailing && [seconds(Date.parse(lastFailing.from)), seconds(Date.parse(lastFailing.until))];
    time.in(lookMs, look);
  };
  look();
  gateway.sweepEachMinute();
  await time.runUntil(start + until);
  checker.atTheEnd();
  return {
    screen,
    bus: checker.told.map(({ at, what }) => ({ at: seconds(at), what })),
    violations: checker.violations.map(({ kind, text }) => `${kind}: ${text}`),
    delivered: checker.counts['delivered'] ?? 0,
    lastFailing: last,
    wrong: [...wrong],
  };
}

const every = (ms: number, from: number, until: number): { at: number }[] =>
  Array.from({ length: Math.ceil((until - from) / ms) }, (_, index) => ({ at: from + index * ms }));

/** Twenty events a minute, and the receiver is down for half an hour. */
export const busyOutage = (seed: number): Promise<Outage> =>
  tell(seed, {
    down: { from: 10 * minute, lasts: 30 * minute },
    events: every(3 * second, 0, hour),
    until: 2 * hour,
  });

/** One event that its receiver always fails for. Others come before, beside and after it. */
export const poisonousEvent = (seed: number): Promise<Outage> =>
  tell(seed, {
    events: [
      ...every(3 * second, 0, 5 * minute).map((event, index) => ({ ...event, isPoison: index === 50 })),
      ...every(5 * minute, 5 * minute, 75 * hour),
    ],
    until: 76 * hour,
  });

/** One event a day at noon, and the receiver is down from one midnight to the one after the next. */
export const rareOutage = (seed: number): Promise<Outage> =>
  tell(seed, {
    down: { from: 3 * day, lasts: 2 * day },
    events: every(day, 12 * hour, 8 * day),
    until: 9 * day,
  });
