import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DryRunTransform } from './dry-run-transform.ts';
import { HooklatchFunction } from './function.ts';
import type { RunRedeliveryJobs } from './run-redelivery-jobs.ts';
import type { SharedResources } from './shared-resources.ts';

export interface ApiDeliveriesProps
  extends Pick<SharedResources, 'state' | 'events' | 'bodies' | 'journal' | 'deliveries' | 'deliveryQueues'> {
  /** The highest rate of a redelivery, in deliveries a second. */
  replayCeiling: number;
  runRedeliveryJobs: RunRedeliveryJobs;
  dryRunTransform: DryRunTransform;
}

/** Answers operators' requests about deliveries to destinations. */
export class ApiDeliveries extends HooklatchFunction {
  constructor(scope: Construct, props: ApiDeliveriesProps) {
    super(scope, 'api-deliveries', {
      memoryMb: 512,
      // Who looks at what was sent waits for an expression. The function must end before API Gateway stops waiting, after 30 seconds.
      timeout: Duration.seconds(28),
    });
    const { state, events, bodies, journal, deliveries, deliveryQueues } = props;
    state.grantReadWithRouting(this);
    events.grantGet(this);
    bodies.grantGet(this);
    deliveries.grantChange(this);
    deliveryQueues.dispatch.grantSend(this);
    deliveryQueues.lane.grantSend(this);
    deliveries.grantListOfEvent(this);
    deliveries.grantList(this, 'byDestination', 'byState');
    journal.grant(this, {
      Query: ['redeliveries', 'redelivery'],
      GetItem: ['redeliveries', 'redelivery'],
      PutItem: ['redeliveries'],
      UpdateItem: ['redeliveries'],
    });
    this.setVariable('REPLAY_CEILING', String(props.replayCeiling));
    props.runRedeliveryJobs.grantWake(this);
    props.dryRunTransform.grantInvoke(this);
  }
}
