import type { Construct } from 'constructs';
import { JobRunner } from './job-runner.ts';
import type { SharedResources } from './shared-resources.ts';

export type RunRedeliveryJobsProps = Pick<SharedResources, 'state' | 'journal' | 'deliveries' | 'deliveryQueues'>;

/**
 * Runs redeliveries of many. It is apart from what runs replays and releases, so that a rollback to code that does not know
 * redeliveries stops no release.
 */
export class RunRedeliveryJobs extends JobRunner {
  constructor(scope: Construct, { state, journal, deliveries, deliveryQueues }: RunRedeliveryJobsProps) {
    super(scope, 'run-redelivery-jobs');
    state.grantReadDestinations(this);
    deliveries.grantChange(this);
    deliveries.grantList(this, 'byDestination', 'byState');
    deliveryQueues.dispatch.grantSend(this);
    journal.grant(this, {
      Query: ['redeliveries'],
      PutItem: ['redelivery', 'ended_redeliveries', 'destination_actions'],
      UpdateItem: ['redeliveries'],
      DeleteItem: ['redeliveries'],
    });
  }
}
