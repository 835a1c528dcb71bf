import type { Construct } from 'constructs';
import { laneTimeout } from './delivery-queues.ts';
import { HooklatchFunction } from './function.ts';
import { type AttemptRights, grantAttempts } from './grant-attempts.ts';
import type { SharedResources } from './shared-resources.ts';

/** As many lanes work at the same time as batches are handled. */
export type ServeLanesProps = AttemptRights & Pick<SharedResources, 'bus'>;

/**
 * Attempts what is put aside. It is a function of its own: lanes that wait for slow receivers must not take the concurrency of
 * dispatch.
 */
export class ServeLanes extends HooklatchFunction {
  constructor(scope: Construct, props: ServeLanesProps) {
    super(scope, 'serve-lanes', {
      memoryMb: 512,
      timeout: laneTimeout,
    });
    const { deliveries, deliveryQueues, bus, dispatchConcurrency } = props;
    grantAttempts(this, props);
    deliveries.grantList(this, 'byState');
    deliveries.grantRemove(this);
    bus.grantPublish(this);
    deliveryQueues.dispatch.grantSend(this);
    deliveryQueues.lane.grantSend(this);
    deliveryQueues.lane.consume(this, { batchSize: 1, maxConcurrency: dispatchConcurrency });
  }
}
