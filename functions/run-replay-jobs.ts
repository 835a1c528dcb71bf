/** Wakes up every minute, when a replay job begins, and when an earlier invocation ran out of time: works on the open replay jobs. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { stateReader } from '../shared/endpoints/endpoint/state-table.ts';
import { eventTable } from '../shared/events/event/event-table.ts';
import { afterReplayPage, nextActionOf } from '../shared/events/event/replay-job-step.ts';
import { type ReplayJobTable, replayJobTable } from '../shared/events/event/replay-job-table.ts';
import { type ReplayPageDeps, replayPage } from '../shared/events/event/replay-page.ts';
import { republisher } from '../shared/events/event/republish.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/ground/aws/environment.ts';
import { log } from '../shared/ground/aws/logger.ts';
import { waker } from '../shared/ground/aws/wake-function.ts';
import { type JobPorts, runJobs } from '../shared/ground/job/run-jobs.ts';
import { type HistoryTable, historyTable } from '../shared/operators/journal/history-table.ts';
import { actionsOn } from '../shared/operators/journal/replay-action.ts';

export interface Deps extends ReplayPageDeps, JobPorts {
  jobs: ReplayJobTable;
  /** Adds a line to a connection's history. */
  note: HistoryTable['note'];
}

export const runReplayJobs = (deps: Deps) =>
  runJobs(
    {
      jobs: deps.jobs,
      nextStepOf: nextActionOf,
      doPage: (job, step) => replayPage(job, step, deps),
      afterPage: afterReplayPage,
      noteActions: (job) => Promise.all(actionsOn(job).map(deps.note)),
      namesOf: ({ kind, connection }) => ({ kind, connection }),
    },
    deps,
  );

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('EVENTS_TABLE');
  return {
    jobs: replayJobTable(client, fromEnvironment('JOURNAL_TABLE')),
    note: historyTable(client, fromEnvironment('JOURNAL_TABLE')).note,
    events: eventTable(client, table, numberFromEnvironment('EVENT_SHARDS')),
    republisher: republisher(client, table),
    readConnection: stateReader(client, fromEnvironment('STATE_TABLE')).readConnection,
    wake: waker(process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? ''),
    newId: randomUUID,
    now: () => new Date(),
    sleep: (ms) => wait(ms),
    log,
  };
};

export const handler = runReplayJobs(lambdaDeps());
