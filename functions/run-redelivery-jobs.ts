/** Wakes up every minute, when a redelivery of many begins, and when an earlier invocation ran out of time: works on the open ones. */
import { setTimeout as wait } from 'node:timers/promises';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { waker } from '../shared/aws/wake-function.ts';
import { deliveryLists } from '../shared/dispatch/delivery-lists.ts';
import { deliveryPorts, destinationReader } from '../shared/dispatch/function-ports.ts';
import { afterRedeliveryPage, nextRedeliveryStep } from '../shared/dispatch/redelivery-job.ts';
import { type RedeliveryPagePorts, redeliveryPage } from '../shared/dispatch/redelivery-page.ts';
import { type RedeliveryTable, redeliveryTable } from '../shared/dispatch/redelivery-table.ts';
import { type JobPorts, runJobs } from '../shared/job/run-jobs.ts';
import { type DestinationHistory, destinationHistory } from '../shared/journal/destination-history.ts';
import { redeliveryActionsOn } from '../shared/journal/redelivery-action.ts';

export interface Deps extends RedeliveryPagePorts, JobPorts {
  jobs: RedeliveryTable;
  /** Adds lines to a destination's history. */
  note: DestinationHistory['note'];
}

export const runRedeliveryJobs = (deps: Deps) =>
  runJobs(
    {
      jobs: deps.jobs,
      nextStepOf: nextRedeliveryStep,
      doPage: (job, step) => redeliveryPage(job, step, deps),
      afterPage: afterRedeliveryPage,
      noteActions: (job) => deps.note(job.destinationId, redeliveryActionsOn(job)),
      namesOf: ({ destination }) => ({ kind: 'redelivery', destination }),
    },
    deps,
  );

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const journal = fromEnvironment('journalTable');
  return {
    ...deliveryPorts(),
    readDestination: destinationReader(),
    lists: deliveryLists(client, fromEnvironment('deliveriesTable')),
    jobs: redeliveryTable(client, journal),
    note: destinationHistory(client, journal).note,
    wake: waker(process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? ''),
    now: () => new Date(),
    sleep: (ms) => wait(ms),
  };
};

export const handler = runRedeliveryJobs(lambdaDeps());
