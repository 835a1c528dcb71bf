import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import { wakeEvery } from './schedule.ts';
import type { SharedResources } from './shared-resources.ts';

export type SweepDeliveriesProps = Pick<SharedResources, 'deliveries' | 'deliveryQueues'>;

/** Sends, once a minute, the deliveries and the timers of lanes that are due. */
export class SweepDeliveries extends HooklatchFunction {
  constructor(scope: Construct, { deliveries, deliveryQueues }: SweepDeliveriesProps) {
    super(scope, 'sweep-deliveries', {
      timeout: Duration.seconds(55),
    });
    deliveries.grantList(this, 'byDue');
    deliveries.grantChange(this);
    deliveries.grantRemove(this);
    deliveryQueues.dispatch.grantSend(this);
    deliveryQueues.lane.grantSend(this);
    wakeEvery(scope, this, { minutes: 1, retries: 0 });
  }
}
