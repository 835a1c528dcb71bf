/** Wakes up every minute, when a replay job begins, and when an earlier invocation ran out of time: works on the open replay jobs. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
import { log } from '../shared/aws/logger.ts';
import { waker } from '../shared/aws/wake-function.ts';
import { stateReader } from '../shared/endpoint/state-table.ts';
import { eventTable } from '../shared/event/event-table.ts';
import { afterReplayPage, nextActionOf } from '../shared/event/replay-job-step.ts';
import { type ReplayJobTable, replayJobTable } from '../shared/event/replay-job-table.ts';
import { type ReplayPageDeps, replayPage } from '../shared/event/replay-page.ts';
import { republisher } from '../shared/event/republish.ts';
import { type JobPorts, runJobs } from '../shared/job/run-jobs.ts';
import { type HistoryTable, historyTable } from '../shared/journal/history-table.ts';
import { actionsOn } from '../shared/journal/replay-action.ts';

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
  const table = fromEnvironment('eventsTable');
  return {
    jobs: replayJobTable(client, fromEnvironment('journalTable')),
    note: historyTable(client, fromEnvironment('journalTable')).note,
    events: eventTable(client, table, numberFromEnvironment('eventShards')),
    republisher: republisher(client, table),
    readConnection: stateReader(client, fromEnvironment('stateTable')).readConnection,
    wake: waker(process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? ''),
    newId: randomUUID,
    now: () => new Date(),
    sleep: (ms) => wait(ms),
    log,
  };
};

export const handler = runReplayJobs(lambdaDeps());
