/**
 * Mistakes in the code of dispatching, each as a change of its source: rules of the contract that are left out, and errors that are
 * easily made. The checker has to find each of them.
 */
import type { Change } from './plant.ts';

export interface Mistake {
  name: string;
  changes: Change[];
  /** Few seeds show it. Only `npm run test:full` looks for it. */
  isRare?: true;
}

const attemptNow = 'shared/deliveries/dispatch/attempt-now.ts';
const attempt = 'shared/deliveries/dispatch/delivery-attempt.ts';
const cancel = 'shared/deliveries/dispatch/cancel-deliveries.ts';
const health = 'shared/deliveries/dispatch/destination-health.ts';
const healthLog = 'shared/deliveries/dispatch/health-log.ts';
const lane = 'shared/deliveries/dispatch/lane.ts';
const laneGather = 'shared/deliveries/dispatch/lane-gather.ts';
const laneLease = 'shared/deliveries/dispatch/lane-lease.ts';
const laneNotices = 'shared/deliveries/dispatch/lane-notices.ts';
const laneProbe = 'shared/deliveries/dispatch/lane-probe.ts';
const laneService = 'shared/deliveries/dispatch/lane-service.ts';
const laneTurn = 'shared/deliveries/dispatch/lane-turn.ts';
const noteTest = 'shared/deliveries/dispatch/note-test.ts';
const park = 'shared/deliveries/dispatch/park-deliveries.ts';
const record = 'shared/deliveries/dispatch/record-result.ts';
const redeliver = 'shared/deliveries/dispatch/redeliver.ts';
const route = 'shared/deliveries/dispatch/route-event.ts';
const row = 'shared/deliveries/dispatch/delivery-row.ts';
const schedule = 'shared/deliveries/dispatch/retry-schedule.ts';
const sweep = 'shared/deliveries/dispatch/sweep-due.ts';

export const mistakes: Mistake[] = [
  {
    name: 'what somebody asks for is parked, and not put first',
    changes: [{ file: attemptNow, from: '  await putFirst(to, row, ports);\n', to: '' }],
  },
  {
    name: 'what somebody asks for waits for the next probe of its open destination',
    changes: [{ file: laneProbe, from: 'if (!isNow && clock.now() < at)', to: 'if (clock.now() < at)' }],
  },
  {
    name: 'what is on its way is parked when somebody asks for it',
    changes: [{ file: attemptNow, from: '...(isComing ? row : parkedRow(row))', to: '...parkedRow(row)' }],
  },
  {
    name: 'what is on its way when somebody asks for it is not first once it is parked',
    isRare: true,
    changes: [
      {
        file: park,
        from: 'if (written && isAsked(value)) await putFirst(job.to, value, ports);\n  else if (!isFirst) return;',
        to: 'if (!isFirst) return;',
      },
    ],
  },
  {
    name: 'a wish is as many attempts as it takes to record one',
    isRare: true,
    changes: [
      {
        file: laneTurn,
        from: '  if (isAsked(found.value)) await forgetAsked(turn.lease.to, [found.value], ports);\n',
        to: '',
      },
    ],
  },
  {
    name: 'gathering parks what is on its way, too',
    isRare: true,
    changes: [
      { file: laneGather, from: 'page.items.filter((row) => !isOnItsWay(row, clock.now()))', to: 'page.items' },
      { file: laneGather, from: ' && !isOnItsWay(row, clock.now());', to: ';' },
    ],
  },
  {
    name: 'gathering leaves what is due within a quarter of an hour',
    changes: [
      {
        file: laneGather,
        from: 'page.items.filter((row) => !isOnItsWay(row, clock.now()))',
        to: 'page.items.filter(({ due = 0 }) => due > clock.now() + 16 * 60_000)',
      },
    ],
  },
  {
    name: 'a test that succeeds changes nothing',
    changes: [{ file: noteTest, from: 'const after = afterTest(health, clock.now());', to: 'const after = health;' }],
  },
  {
    name: 'a test says something of what was paused meanwhile',
    isRare: true,
    changes: [{ file: noteTest, from: 'isPaused(destination) || ', to: '' }],
  },
  {
    name: 'a test ends the incident',
    changes: [
      {
        file: health,
        from: 'const { failing: _, ...rest } = withoutProbe(health);',
        to: 'const { failing: _, outage: __, ...rest } = withoutProbe(health);',
      },
    ],
  },
  {
    name: 'a test forgets what failed',
    isRare: true,
    changes: [
      {
        file: health,
        from: "return { ...rest, state: 'recovering', recoveringSince: at, pace: 1 };",
        to: "return { ...rest, state: 'recovering', recoveringSince: at, pace: 1, failed: [], refused: [] };",
      },
    ],
  },
  {
    name: 'after a test all that waits comes at once',
    changes: [{ file: health, from: 'recoveringSince: at, pace: 1 }', to: 'recoveringSince: at, pace: topPace }' }],
  },
  {
    name: 'a test does not wake the lane',
    changes: [
      { file: noteTest, from: '  await ensureTimer(to, clock.now());\n', to: '' },
      { file: noteTest, from: '  if (written) await queues.lane([{ body: to }]);\n', to: '' },
    ],
  },
  {
    name: 'a wait that the queue’s delay serves has no time in the row',
    changes: [{ file: record, from: 'isShort ? at + sweepAgainMs : at', to: 'isShort ? undefined : at' }],
  },
  {
    name: 'a failure in the lane does not move the schedule',
    changes: [{ file: record, from: 'step: next.step + 1', to: "step: next.step + (via === 'lane' ? 0 : 1)" }],
  },
  {
    name: 'a probe takes any delivery, whenever it was attempted last',
    changes: [{ file: laneProbe, from: 'if (chosen && attemptedAt(row) > attemptedAt(chosen)) continue;', to: '' }],
  },
  {
    name: 'several deliveries of one event open a destination',
    changes: [
      {
        file: record,
        from: 'const event = `',
        to: 'const event = JSON.stringify([job.rule, job.replay]) + `',
      },
    ],
  },
  {
    name: 'a probe moves the interval after its attempt',
    isRare: true,
    changes: [
      {
        file: laneProbe,
        from: '  // Moved before the attempt, so that a second worker makes none.\n',
        to: "await attemptRow(found, destination, turn, 'probe', ports);\n",
      },
    ],
  },
  {
    name: 'a delivery is given up before that is counted',
    isRare: true,
    changes: [
      {
        file: record,
        from: '  await revise(deliveries.health, job.to.id, (health) => {\n    const known',
        to: `  await revise(deliveries.rows, job, (row) =>
               mayEnd(row) ? { ...(row ?? newRow(job, destination, clock.now())), due: undefined, status: 'given_up' } : unchanged);
             await revise(deliveries.health, job.to.id, (health) => {
               const known`,
      },
    ],
  },
  {
    name: 'an attempt does not read its destination again',
    isRare: true,
    changes: [{ file: attempt, from: 'const now = await readDestination(job.to);', to: 'const now = destination;' }],
  },
  {
    name: 'a 2xx is dropped if the row expects another attempt',
    isRare: true,
    changes: [{ file: record, from: 'if (!expects(row, job) && !wins(row))', to: 'if (!expects(row, job))' }],
  },
  {
    name: 'the pause that runs at the making of a row is taken off wholly',
    changes: [
      { file: row, from: 'destination ? pausedMsAt(destination, new Date(now)) : 0', to: 'destination?.pausedMs ?? 0' },
    ],
  },
  {
    name: 'a new generation drops the notices',
    changes: [{ file: health, from: 'notices: before?.notices ?? [],', to: 'notices: [],' }],
  },
  {
    name: 'a new generation forgets the incident',
    changes: [{ file: health, from: '  ...(before && incidentsOf(before)),\n', to: '' }],
  },
  {
    name: 'a success ends an incident whose first failure began later',
    isRare: true,
    changes: [{ file: health, from: 'if (health.outage && began < incident.since)', to: 'if (false)' }],
  },
  {
    name: 'one failure is an incident',
    changes: [{ file: health, from: 'const attemptsToFail = 2;', to: 'const attemptsToFail = 1;' }],
  },
  {
    name: 'three failures are an incident, and not two',
    changes: [{ file: health, from: 'const attemptsToFail = 2;', to: 'const attemptsToFail = 3;' }],
  },
  {
    name: 'an incident is told at once',
    changes: [{ file: health, from: 'const tellAfterMs = 60 * secondMs;', to: 'const tellAfterMs = 0;' }],
  },
  {
    name: 'an incident begins without the timer of its lane',
    changes: [
      {
        file: healthLog,
        from: '    await ensureTimer(to, tellAt(escalated(value, incident, clock.now())) ?? clock.now());\n',
        to: '',
      },
    ],
  },
  {
    name: 'an incident ends without the timer of its lane',
    isRare: true,
    changes: [{ file: healthLog, from: 'let hasTimer = false;', to: 'let hasTimer = true;' }],
  },
  {
    name: 'a lane rests beyond the time when an incident is to be told',
    isRare: true,
    changes: [{ file: lane, from: 'at > clock.now() ? Math.min(at, wanted) : wanted', to: 'at > 0 ? wanted : wanted' }],
  },
  {
    name: 'an incident is told without noting that before',
    isRare: true,
    changes: [
      {
        file: laneNotices,
        from: 'now && isDue(now) ? toldIncident(now) : unchanged,',
        to: 'unchanged,',
      },
      { file: laneNotices, from: '  return value;\n', to: '  return value && toldIncident(value);\n' },
    ],
  },
  {
    name: 'the lane ends what is overdue without a last attempt',
    changes: [{ file: laneTurn, from: ' || !isShutSince(health, now - overFor, now)', to: '' }],
  },
  {
    name: 'the last wait is not cut, but left out',
    changes: [{ file: schedule, from: 'return age >= limit ?', to: 'return age + wait > limit ?' }],
  },
  {
    name: 'a destination has no waits of its own',
    changes: [
      { file: schedule, from: 'schedule?.map((seconds) => seconds * secondMs) ?? usualWaits', to: 'usualWaits' },
    ],
  },
  {
    name: 'a destination’s own waits begin anew after the last one',
    changes: [
      { file: schedule, from: 'waits[Math.min(step, waits.length - 1)] ?? 0', to: 'waits[step % waits.length] ?? 0' },
    ],
  },
  {
    name: 'an answer is tried again that a destination does not want to be',
    changes: [
      { file: record, from: 'return isRetried(retryOn, note.status) ? undefined', to: 'return true ? undefined' },
    ],
  },
  {
    name: 'no answer is taken for one that a destination does not want to be tried again',
    changes: [{ file: record, from: 'isRetried(retryOn, note.status)', to: 'isRetried(retryOn, note.status ?? 0)' }],
  },
  {
    name: 'a deletion takes the timer with it',
    isRare: true,
    changes: [
      {
        file: cancel,
        from: '  return { cancelled, sample };',
        to: `  const timer = await ports.deliveries.timers.read(destination);
             if (timer) await ports.deliveries.timers.write(destination, undefined, timer.revision);
             return { cancelled, sample };`,
      },
    ],
  },
  {
    name: 'the timer goes as soon as a pass finds nothing',
    changes: [
      {
        file: laneTurn,
        from: 'if (timer && turn.isEmpty && !owes && passBegan > timer.touched + sweepAgainMs)',
        to: 'if (timer)',
      },
    ],
  },
  {
    name: 'two workers in one lane: it takes no lease',
    changes: [{ file: laneLease, from: 'if (!written) {', to: 'if (to.id === undefined) {' }],
  },
  {
    name: 'a lane that is killed in the middle keeps its lease for ever',
    changes: [{ file: laneLease, from: 'if (lease && lease.until > clock.now()) return', to: 'if (lease) return' }],
  },
  {
    name: 'the lane does not look at its lease before an attempt',
    changes: [{ file: laneTurn, from: '() => clock.now() < turn.lease.until', to: '() => true' }],
  },
  {
    name: 'dispatch takes the message of the attempt before too',
    changes: [
      {
        file: row,
        from: "row ? row.status === 'waiting' && row.attempt === attempt",
        to: "row ? row.status === 'waiting' && (row.attempt === attempt || row.attempt === attempt + 1)",
      },
    ],
  },
  {
    name: 'results of an earlier generation change the health',
    isRare: true,
    changes: [
      { file: health, from: 'if (before && before.generation > finding.generation) return before;', to: '' },
      {
        file: health,
        from: 'before?.generation === finding.generation ? before : freshHealth(finding.generation, before,',
        to: 'before && before.generation >= finding.generation ? before : freshHealth(finding.generation, before,',
      },
    ],
  },
  {
    name: 'the sweep moves the time of a row that has changed',
    changes: [
      {
        file: sweep,
        from: 'now?.due === row.due && now?.attempt === row.attempt && now.due !== undefined\n      ? { ...now, due: now.due + sweepAgainMs, nextAt: now.nextAt ?? now.due }',
        to: 'now ? { ...now, due: (row.due ?? 0) + sweepAgainMs }',
      },
    ],
  },
  {
    name: 'an open destination is served from the queue',
    changes: [
      { file: health, from: "(health.slow || healthStates[health.state].servedBy === 'lane')", to: 'health.slow' },
    ],
  },
  {
    name: 'the interval between two probes does not grow',
    changes: [{ file: health, from: 'Math.min(2 * wait, longestProbeMs)', to: 'wait' }],
  },
  {
    name: 'five refusals open a destination',
    changes: [{ file: health, from: 'const refusalsToOpen = 20;', to: 'const refusalsToOpen = 5;' }],
  },
  {
    name: 'a lane does not wait out what its destination asks for',
    changes: [
      {
        file: lane,
        from: 'if (health && health.blockedUntil > clock.now())',
        to: 'if (health && !turn.lease)',
      },
    ],
  },
  {
    name: 'what is given up has no timer that tells it',
    changes: [{ file: record, from: '  await ensureTimer(job.to);\n', to: '' }],
  },
  {
    name: 'a redelivery is as old as the delivery',
    changes: [{ file: redeliver, from: '        madeAt: now,\n', to: '' }],
  },
  {
    name: 'what is parked has no timer',
    changes: [
      {
        file: park,
        from: 'const isFirst = await ensureTimer(job.to);',
        to: 'const isFirst = true;',
      },
    ],
  },
  {
    name: 'a message that comes again does not ensure the timer',
    changes: [
      { file: park, from: "if (value?.status !== 'parked')", to: "if (!written || value?.status !== 'parked')" },
    ],
  },
  {
    name: 'what the queue refuses after the bus took it is forgotten',
    changes: [
      { file: route, from: 'await inParallel(refused, atOnce,', to: 'await inParallel(refused.slice(0, 0), atOnce,' },
    ],
  },
  {
    name: 'an id that is used again: an event is known by its id alone',
    isRare: true,
    changes: [
      {
        file: attempt,
        from: 'event?.receivedAt !== job.receivedAt || clock.now() >= job.expiresAt * 1000',
        to: 'event === undefined || clock.now() >= event.expiresAt * 1000',
      },
    ],
  },
  {
    name: 'a notice is lost between the write and the publication: it is cleared before it is published',
    isRare: true,
    changes: [
      { file: laneNotices, from: '    await ports.publishNotices(to, notices, counted);\n', to: '' },
      {
        file: laneNotices,
        from: "        : unchanged,\n    );\n  } catch (error) {\n    ports.log({ warning: 'notices_not_told'",
        to: "        : unchanged,\n    );\n    await ports.publishNotices(to, notices, counted);\n  } catch (error) {\n    ports.log({ warning: 'notices_not_told'",
      },
    ],
  },
  {
    name: 'paused time counts as age',
    changes: [
      { file: row, from: 'now - madeAt - (pausedMsAt(destination, new Date(now)) - pausedMs);', to: 'now - madeAt;' },
    ],
  },
  {
    name: 'whatever the row says, it is parked',
    changes: [{ file: park, from: 'if (!expectsJob(row, job)) return unchanged;', to: '' }],
  },
  {
    name: 'a probe always takes the oldest',
    changes: [
      {
        file: laneProbe,
        from: 'if (chosen && attemptedAt(row) > attemptedAt(chosen)) continue;',
        to: 'if (chosen) continue;',
      },
    ],
  },
  {
    name: 'a result is recorded whatever the row says',
    isRare: true,
    changes: [
      {
        file: record,
        from: 'row ? isLive(row) && row.attempt === attempt : attempt === 1;',
        to: 'true || row !== undefined || attempt;',
      },
    ],
  },
  {
    name: 'the lane reads its destination once a turn',
    isRare: true,
    changes: [
      {
        file: lane,
        from: 'const destination = await ports.readDestination(to);',
        to: 'const seen = turn as any; seen.first ??= { ...(await ports.readDestination(to)), isOfTurn: true };\nconst destination: any = seen.first.id ? seen.first : undefined;',
      },
      {
        file: attempt,
        from: 'const now = await readDestination(job.to);',
        to: "const now = 'isOfTurn' in destination ? destination : await readDestination(job.to);",
      },
    ],
  },
];

/** One that only a flood shows: a destination is slow after three slow answers in a row, and not after the first. */
export const slowLate: Mistake = {
  name: 'one slow answer does not make a destination slow',
  changes: [
    {
      file: health,
      from: 'if (ms > slowMs) return { ...health, slow: true, fastInARow: 0,',
      to: 'if (ms > slowMs) return { ...health, slow: health.fastInARow <= -2, fastInARow: health.fastInARow - 1,',
    },
  ],
};

/** One that only a flood shows: what came last is attempted first. */
export const newestFirst: Mistake = {
  name: 'a lane attempts the newest first',
  changes: [{ file: laneService, from: 'const row = rows[begun];', to: 'const row = rows.at(-1 - begun);' }],
};

/** One that only an event shows whose attempts end the function. */
export const uncounted: Mistake = {
  name: 'a lane does not count what ends it',
  changes: [{ file: laneLease, from: '  if (left?.trying) await countCrash(left.trying, ports);\n', to: '' }],
};

/** One that only a delivery shows that is parked just then. */
export const untouchedTimer: Mistake = {
  name: 'a late park beside a timer that ends: nobody looks whether somebody parks meanwhile',
  changes: [
    {
      file: laneTurn,
      from: '(now && now.touched === timer.touched ? undefined : unchanged)',
      to: '(now ? undefined : unchanged)',
    },
  ],
};
