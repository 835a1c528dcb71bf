import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type DestinationHealth,
  escalated,
  type Finding,
  freshHealth,
  healthAfter,
  healthNow,
  isFailing,
  isIll,
  isShutSince,
  isToEscalate,
  needsLane,
  opened,
  openIncident,
  probing,
  tellAt,
  toldIncident,
} from '../../../../shared/deliveries/dispatch/destination-health.ts';

const start = 1_772_366_400_000;
const minute = 60_000;

/** An attempt that began `at` milliseconds after the start. */
const finding = (kind: Finding['kind'], event: number, at = event * 1000, ms = 100): Finding => ({
  kind,
  event: `event-${event}`,
  generation: 1,
  began: start + at,
  ended: start + at + ms,
  ms,
});
const healthOf = (findings: readonly Finding[], before?: DestinationHealth): DestinationHealth =>
  findings.reduce<DestinationHealth>(healthAfter, before ?? freshHealth(1));
const times = (count: number, kind: Finding['kind'], from = 0): Finding[] =>
  Array.from({ length: count }, (_, at) => finding(kind, from + at));

describe('a destination is ill', () => {
  test('after failures of five different events', () => {
    expect(isIll(healthOf(times(4, 'broken')))).toBe(false);
    expect(isIll(healthOf(times(5, 'broken')))).toBe(true);
  });

  test('but not after five failures of one event', () => {
    expect(isIll(healthOf(Array.from({ length: 50 }, (_, at) => finding('broken', 1, at * 1000))))).toBe(false);
  });

  test.each(['refused', 'limited'] as const)('after it has %s twenty different events', (kind) => {
    expect(isIll(healthOf(times(19, kind)))).toBe(false);
    expect(isIll(healthOf(times(20, kind)))).toBe(true);
    expect(isIll(healthOf(Array.from({ length: 40 }, (_, at) => finding(kind, at % 19, at * 1000))))).toBe(false);
  });

  test.each(['delivered', 'gone'] as const)('but not if it has %s one in between', (kind) => {
    const failed = healthOf([...times(4, 'broken'), ...times(19, 'refused')]);
    const well = healthAfter(failed, finding(kind, 50, 60_000));
    expect(isIll(healthOf([...times(4, 'broken', 100), ...times(19, 'refused', 200)], well))).toBe(false);
  });

  test('but an attempt that began before its last success says nothing', () => {
    const well = healthOf([finding('broken', 0), finding('delivered', 1, 10_000)]);
    const late = healthOf(
      Array.from({ length: 9 }, (_, at) => finding('broken', 10 + at, 9_999, 15_000)),
      well,
    );
    expect(late.failed).toEqual([]);
    expect(healthOf([finding('broken', 10, 10_100)], well).failed).toEqual(['event-10']);
  });

  test('and it is opened once', () => {
    expect(isIll({ ...healthOf(times(5, 'broken')), state: 'open' })).toBe(false);
  });
});

describe('an open destination', () => {
  const open = opened(healthOf(times(5, 'broken')), 'inc-1', start);

  test('has a first probe after 30 seconds, and tells that it fails', () => {
    expect(open).toMatchObject({ state: 'open', incident: 'inc-1', probe: { at: start + 30_000, wait: 30_000 } });
    expect(open.notices).toEqual([{ type: 'destination.failing', incident: 'inc-1', at: start }]);
  });

  test('has its probes at intervals that double, up to 15 minutes', () => {
    const intervals: number[] = [];
    let [health, now] = [open, start + 30_000];
    for (let probe = 0; probe < 8; probe += 1) {
      health = probing(health, now, false);
      intervals.push((health.probe?.at ?? 0) - now);
      now = health.probe?.at ?? 0;
    }
    const [s30, m1, m2, m4, m8, m15] = [30_000, minute, 2 * minute, 4 * minute, 8 * minute, 15 * minute];
    expect(intervals).toEqual([s30, m1, m2, m4, m8, m15, m15, m15]);
  });

  test('recovers slowly after a success, and tells it with the same incident', () => {
    const well = healthAfter(open, finding('delivered', 9));
    expect(well).toMatchObject({ state: 'recovering', pace: 1, failed: [], gather: false });
    expect(well).not.toHaveProperty('probe');
    expect(well.notices.map(({ type, incident }) => [type, incident])).toEqual([
      ['destination.failing', 'inc-1'],
      ['destination.recovered', 'inc-1'],
    ]);
  });

  test('stays open after a failure, and tells nothing more', () => {
    expect(healthOf(times(30, 'broken', 20), open)).toMatchObject({
      state: 'open',
      probe: open.probe,
      notices: open.notices,
    });
  });
});

describe('an incident', () => {
  /** Two failed attempts of one event: the first began at the start, the second five seconds later. */
  const twice = healthOf([finding('broken', 1, 0), finding('broken', 1, 5_000)]);
  const begun = escalated(twice, 'inc-1', start + 6_000);
  const told = toldIncident(begun);
  const successAt = (at: number) => finding('delivered', 2, at);

  test.each(['broken', 'refused'] as const)('begins with the second attempt that is %s, also of one event', (kind) => {
    const once = healthOf([finding(kind, 1, 0)]);
    expect([isFailing(once), isToEscalate(once)]).toEqual([false, false]);
    const again = healthOf([finding(kind, 1, 5_000)], once);
    expect([isFailing(again), isToEscalate(again)]).toEqual([true, true]);
    expect(escalated(again, 'inc-1', start + 6_000)).toMatchObject({
      state: 'closed',
      incident: 'inc-1',
      outage: { since: start, at: start + 6_000, isTold: false },
      notices: [],
    });
  });

  test('does not begin by answers with 429', () => {
    expect(healthOf(times(10, 'limited'))).not.toHaveProperty('failing');
    expect(isToEscalate(healthOf([...times(10, 'limited'), finding('broken', 20)]))).toBe(false);
  });

  test('does not begin if a success began since the first failure, also if it began with it', () => {
    for (const at of [0, 2_000])
      expect(isToEscalate(healthOf([finding('broken', 1, 0), successAt(at), finding('broken', 1, 5_000)]))).toBe(false);
  });

  test('begins though a success ends between the failures, if it began before the first', () => {
    const early: Finding = { ...successAt(-1_000), ended: start + 200 };
    expect(isToEscalate(healthOf([finding('broken', 1, 0), early, finding('broken', 1, 5_000)]))).toBe(true);
  });

  test('lasts since the failure that began first, whichever was noted first', () => {
    const late = healthOf([finding('broken', 1, 5_000), finding('broken', 2, 1_000, 15_000)]);
    expect(escalated(late, 'inc-1', start + 16_000).outage?.since).toBe(start + 1_000);
  });

  test('is noted once: further failures change nothing', () => {
    expect(healthAfter(begun, finding('broken', 1, 30_000))).toEqual(begun);
    expect(isToEscalate(begun)).toBe(false);
    expect(escalated(begun, 'inc-2', start + 30_000)).toBe(begun);
  });

  test('is to be told a minute after it was noted, and once', () => {
    expect(tellAt(twice)).toBeUndefined();
    expect(tellAt(begun)).toBe(start + 66_000);
    expect(told.notices).toEqual([{ type: 'destination.failing', incident: 'inc-1', at: start + 6_000 }]);
    expect(tellAt(told)).toBeUndefined();
    expect(toldIncident(told)).toBe(told);
  });

  test('that ends before it was told is not told at all', () => {
    const over = healthAfter(begun, successAt(40_000));
    expect(openIncident(over)).toBeUndefined();
    expect(over).toMatchObject({ notices: [], lastOutage: { from: start, until: start + 40_100 } });
    expect(over).not.toHaveProperty('failing');
  });

  test.each(['delivered', 'gone'] as const)(
    'that was told ends with a delivery that was %s, and that is told',
    (kind) => {
      const over = healthAfter(told, finding(kind, 2, 90_000));
      expect(over.notices).toEqual([
        ...told.notices,
        { type: 'destination.recovered', incident: 'inc-1', at: start + 90_100 },
      ]);
      expect(healthAfter(over, finding(kind, 3, 91_000)).notices).toEqual(over.notices);
    },
  );

  test('does not end with a success that began before its first failure', () => {
    const late: Finding = { ...successAt(-1), ended: start + 10_000 };
    expect(healthAfter(told, late)).toMatchObject({
      outage: told.outage,
      failing: told.failing,
      notices: told.notices,
    });
  });

  test('goes on when its destination is opened: that is told at once, and once', () => {
    const ill = healthOf(times(5, 'broken', 10), begun);
    const open = escalated(ill, 'inc-2', start + 15_000);
    expect(open).toMatchObject({ state: 'open', incident: 'inc-1', outage: { since: start, isTold: true } });
    expect(open.notices).toEqual([{ type: 'destination.failing', incident: 'inc-1', at: start + 6_000 }]);
    const openLate = escalated(healthOf(times(5, 'broken', 10), told), 'inc-2', start + 90_000);
    expect(openLate.notices).toEqual(told.notices);
  });

  test('goes on over a change of its destination, until a delivery of the new generation succeeds', () => {
    const ofNew = (kind: Finding['kind'], at: number): Finding => ({ ...finding(kind, 3, at), generation: 2 });
    const changed = freshHealth(2, told, start + 100_000);
    expect(changed).toMatchObject({ incident: 'inc-1', outage: told.outage, recoveringSince: start + 100_000 });
    expect(isFailing(changed)).toBe(false);
    const failed = [ofNew('broken', 110_000), ofNew('broken', 120_000)].reduce(healthAfter, changed);
    expect([isFailing(failed), isToEscalate(failed)]).toEqual([true, false]);
    const over = healthAfter(failed, ofNew('delivered', 130_000));
    expect(over.notices.map(({ type, incident }) => [type, incident])).toEqual([
      ['destination.failing', 'inc-1'],
      ['destination.recovered', 'inc-1'],
    ]);
    expect(over.lastOutage).toEqual({ from: start, until: start + 130_100 });
    expect(freshHealth(3, over).lastOutage).toEqual(over.lastOutage);
  });

  test('of a destination that an earlier version opened is told already, and its end is told', () => {
    const { outage: _, ...rest } = opened(healthOf(times(5, 'broken')), 'inc-1', start);
    const old: DestinationHealth = { ...rest, openedAt: start };
    expect([tellAt(old), isToEscalate(old)]).toEqual([undefined, false]);
    const over = healthAfter(old, finding('delivered', 9));
    expect(over.notices.at(-1)).toEqual({ type: 'destination.recovered', incident: 'inc-1', at: start + 9_100 });
    expect(over.lastOutage).toEqual({ from: start, until: start + 9_100 });
    const ofNew = healthAfter(freshHealth(2, old), { ...finding('delivered', 9), generation: 2 });
    expect(ofNew.notices.at(-1)?.type).toBe('destination.recovered');
  });
});

describe('what is over needs no last attempt', () => {
  const open = opened(healthOf(times(5, 'broken')), 'inc-1', start);
  const late = { ...open, probe: { at: start + 60 * minute, wait: 15 * minute } };
  const blocked = { ...freshHealth(1), blockedUntil: start + minute };

  test.each([
    ['its destination is well', freshHealth(1), -minute, 0, false],
    ['nothing is known of its destination', undefined, -minute, 0, false],
    ['its destination was opened after that', open, -1, 0, true],
    ['its destination was opened before that, and not probed yet', open, 1, 10_000, false],
    ['a probe began after that', late, 45 * minute, 46 * minute, true],
    ['no probe began after that', late, 45 * minute + 1, 46 * minute, false],
    ['its destination recovers', { ...freshHealth(1), state: 'recovering' as const }, -minute, 0, false],
    ['its destination waits out a Retry-After', blocked, 0, minute - 1, true],
    ['its destination has waited that out', blocked, 0, minute, false],
  ])('if %s', (_, health, since, now, expected) => {
    expect(isShutSince(health, start + since, start + now)).toBe(expected);
  });
});

describe('a destination that asks for less', () => {
  const limited = (retryAfter: number, at = 0): Finding => ({ ...finding('limited', at), retryAfter });

  test('waits as long as it said, and recovers at half the pace', () => {
    const fast = { ...freshHealth(1), pace: 64 };
    expect(healthAfter(fast, limited(90_000))).toMatchObject({
      state: 'recovering',
      pace: 32,
      blockedUntil: start + 100 + 90_000,
    });
    expect(healthAfter({ ...fast, pace: 1 }, limited(90_000)).pace).toBe(1);
  });

  test('waits twelve hours at most', () => {
    const twelveHours = 12 * 60 * minute;
    expect(healthAfter(undefined, limited(twelveHours + 1)).blockedUntil).toBe(start + 100 + twelveHours);
  });

  test('is not asked earlier because another answer named a shorter time', () => {
    const long = healthAfter(freshHealth(1), limited(90_000));
    expect(healthAfter(long, limited(1_000, 1)).blockedUntil).toBe(long.blockedUntil);
  });
});

describe('a slow destination', () => {
  test('is slow from one answer over two seconds on, whatever the answer', () => {
    for (const kind of ['delivered', 'gone', 'limited', 'refused', 'broken'] as const) {
      expect(healthAfter(undefined, finding(kind, 1, 0, 2_000)).slow).toBe(false);
      expect(healthAfter(undefined, finding(kind, 1, 0, 2_001)).slow).toBe(true);
    }
  });

  test('by how long the attempt took, and the request alone is what a success is as recent as', () => {
    const success = { ...finding('delivered', 1, 0, 100), ms: 9_000 };
    const health = healthAfter(undefined, success);
    expect(health).toMatchObject({ slow: true, lastSuccessAt: start + 100 });
    expect(healthAfter(health, finding('broken', 2, 200)).failed).toEqual(['event-2']);
  });

  test('says since when', () => {
    const slow = healthOf([finding('delivered', 0, 4_000, 3_000), finding('delivered', 1, 9_000, 3_000)]);
    expect(slow.slowSince).toBe(start + 4_000);
    expect(healthOf(times(20, 'delivered', 20), slow)).not.toHaveProperty('slowSince');
  });

  test('until twenty answers in a row took less than a second', () => {
    const slow = healthAfter(undefined, finding('delivered', 0, 0, 3_000));
    expect(healthOf(times(19, 'delivered', 1), slow).slow).toBe(true);
    expect(healthOf(times(20, 'delivered', 1), slow).slow).toBe(false);
    const interrupted = [...times(19, 'delivered', 1), finding('delivered', 30, 30_000, 1_000)];
    expect(healthOf([...interrupted, ...times(19, 'delivered', 40)], slow).slow).toBe(true);
    expect(healthOf([...interrupted, ...times(20, 'delivered', 40)], slow).slow).toBe(false);
  });
});

describe('a generation', () => {
  const ill = opened(healthOf(times(5, 'broken')), 'inc-1', start);
  const owing: DestinationHealth = { ...ill, givenUp: 3, givenUpSample: 'evt_1' };

  test('inherits nothing but what is to be told', () => {
    const next = healthAfter(owing, { ...finding('broken', 9), generation: 2 });
    expect(next).toMatchObject({
      generation: 2,
      state: 'recovering',
      failed: ['event-9'],
      notices: ill.notices,
      givenUp: 3,
      givenUpSample: 'evt_1',
    });
  });

  test('is not changed by an attempt of an earlier one', () => {
    const next = freshHealth(2, owing);
    for (const kind of ['delivered', 'broken', 'limited'] as const)
      expect(healthAfter(next, finding(kind, 1, 0, 9_000))).toBe(next);
  });

  test('counts alone', () => {
    expect(healthNow(ill, 2)).toBeUndefined();
    expect(healthNow(ill, 1)).toBe(ill);
    expect(healthNow(undefined, 1)).toBeUndefined();
  });
});

test('a destination is served by its lane unless it is well and fast', () => {
  expect(needsLane(undefined)).toBe(false);
  expect(needsLane(freshHealth(1))).toBe(false);
  expect(needsLane({ ...freshHealth(1), slow: true })).toBe(true);
  expect(needsLane({ ...freshHealth(1), state: 'recovering' })).toBe(true);
  expect(needsLane({ ...freshHealth(1), state: 'open' })).toBe(true);
});

test('whatever happens, the lists stay short, the pace stays at least 1, and only a success closes an incident', () => {
  const kinds = ['delivered', 'gone', 'limited', 'refused', 'broken'] as const;
  const any = fc.array(fc.tuple(fc.constantFrom(...kinds), fc.nat(60), fc.nat(20_000)), { maxLength: 80, size: 'max' });
  fc.assert(
    fc.property(any, (steps) => {
      let health = freshHealth(1);
      for (const [at, [kind, event, ms]] of steps.entries()) {
        const before = health;
        health = healthAfter(health, finding(kind, event, at * 500, ms));
        if (isIll(health)) health = opened(health, `inc-${at}`, start + at);
        expect(health.failed.length).toBeLessThanOrEqual(5);
        expect(health.refused.length).toBeLessThanOrEqual(20);
        expect(health.pace).toBeGreaterThanOrEqual(1);
        expect(isToEscalate(escalated(health, `late-${at}`, start))).toBe(false);
        const isClosedBy = before.state === 'open' && health.state !== 'open' ? [kind] : [];
        expect(['delivered', 'gone']).toEqual(expect.arrayContaining(isClosedBy));
      }
    }),
  );
});
