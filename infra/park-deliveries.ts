import type { Construct } from 'constructs';
import { dispatchTimeout } from './delivery-queues.ts';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export type ParkDeliveriesProps = Pick<SharedResources, 'state' | 'deliveries' | 'deliveryQueues'>;

/** Parking is quick, and this much of it at the same time is enough for a flood. */
const maxConcurrency = 2;

/** Puts aside what the lanes of destinations attempt. */
export class ParkDeliveries extends HooklatchFunction {
  constructor(scope: Construct, { state, deliveries, deliveryQueues }: ParkDeliveriesProps) {
    super(scope, 'park-deliveries', {
      timeout: dispatchTimeout,
    });
    state.grantReadDestinations(this);
    deliveries.grantChange(this);
    deliveryQueues.lane.grantSend(this);
    deliveryQueues.overflow.consume(this, { batchSize: 10, maxConcurrency });
  }
}
