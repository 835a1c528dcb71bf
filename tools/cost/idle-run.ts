/** What a function that a schedule wakes uses when it finds nothing to do. `test/tools/cost/idle-run.test.ts` lets each of them run. */

export interface IdleRun {
  /** Assumed: a warm call, and 5 ms for each answer that it waits for. */
  ms: number;
  reads: number;
  writes: number;
  secretCalls?: number;
  /** At most. */
  logBytes: number;
}

/** By the name of its file in `functions/`. A consistent query that finds nothing is one unit, any other one a half. */
export const idleRuns: Readonly<Record<string, IdleRun>> = {
  'run-replay-jobs': { ms: 15, reads: 1, writes: 0, logBytes: 0 },
  'run-redelivery-jobs': { ms: 15, reads: 1, writes: 0, logBytes: 0 },
  'count-events': { ms: 30, reads: 5.5, writes: 1, logBytes: 240 },
  'sweep-deliveries': { ms: 15, reads: 2, writes: 0, logBytes: 200 },
  'sweep-secrets': { ms: 200, reads: 1, writes: 0, secretCalls: 2, logBytes: 250 },
  'raise-alerts': { ms: 20, reads: 1, writes: 0, logBytes: 200 },
};

/** @throws if nobody has counted it */
export function idleRunOf(name: string): IdleRun {
  const run = idleRuns[name];
  if (run) return run;
  throw new Error(
    `A schedule wakes ${name}, and what it uses is not known: count it, and add it to tools/cost/idle-run.ts.`,
  );
}
