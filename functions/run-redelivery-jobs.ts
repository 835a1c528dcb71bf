/** Wakes up every minute, when a redelivery of many begins, and when an earlier invocation ran out of time: works on the open ones. */
import { setTimeout as wait } from 'node:timers/promises';
import type { ChainedPorts } from '../shared/deliveries/dispatch/chained-queues.ts';
import { deliveryLists } from '../shared/deliveries/dispatch/delivery-lists.ts';
import { type DestinationHistory, destinationHistory } from '../shared/deliveries/dispatch/destination-history.ts';
import { deliveryPorts, destinationReader } from '../shared/deliveries/dispatch/function-ports.ts';
import { redeliveryActionsOn } from '../shared/deliveries/dispatch/redelivery-action.ts';
import { afterRedeliveryPage, nextRedeliveryStep } from '../shared/deliveries/dispatch/redelivery-job.ts';
import { type RedeliveryPagePorts, redeliveryPage } from '../shared/deliveries/dispatch/redelivery-page.ts';
import { type RedeliveryTable, redeliveryTable } from '../shared/deliveries/dispatch/redelivery-table.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/ground/aws/environment.ts';
import { waker } from '../shared/ground/aws/wake-function.ts';
import { type JobPorts, runJobs } from '../shared/ground/job/run-jobs.ts';

export interface Deps extends ChainedPorts<RedeliveryPagePorts>, JobPorts {
  jobs: RedeliveryTable;
  /** Adds lines to a destination's history. */
  note: DestinationHistory['note'];
}

export const runRedeliveryJobs = (deps: Deps) =>
  runJobs(
    {
      jobs: deps.jobs,
      nextStepOf: nextRedeliveryStep,
      doPage: (job, step, place) => redeliveryPage(job, step, { ...deps, queues: deps.queuesAt(place) }),
      afterPage: afterRedeliveryPage,
      noteActions: (job) => deps.note(job.destinationId, redeliveryActionsOn(job)),
      namesOf: ({ destination }) => ({ kind: 'redelivery', destination }),
    },
    deps,
  );

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const journal = fromEnvironment('JOURNAL_TABLE');
  return {
    ...deliveryPorts(),
    readDestination: destinationReader(),
    lists: deliveryLists(client, fromEnvironment('DELIVERIES_TABLE')),
    jobs: redeliveryTable(client, journal),
    note: destinationHistory(client, journal).note,
    wake: waker(process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? ''),
    now: () => new Date(),
    sleep: (ms) => wait(ms),
  };
};

export const handler = runRedeliveryJobs(lambdaDeps());
