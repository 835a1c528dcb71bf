import type { Construct } from 'constructs';
import { dispatchTimeout } from './delivery-queues.ts';
import { HooklatchFunction } from './function.ts';
import { type AttemptRights, grantAttempts } from './grant-attempts.ts';

/** Sends webhooks to their destinations. */
export class Dispatch extends HooklatchFunction {
  constructor(scope: Construct, props: AttemptRights) {
    super(scope, 'dispatch', {
      memoryMb: 512,
      timeout: dispatchTimeout,
    });
    grantAttempts(this, props);
    // What stood for an event until it was matched.
    props.deliveries.grantRemove(this);
    props.deliveryQueues.dispatch.grantSend(this);
    props.deliveryQueues.overflow.grantSend(this);
    props.deliveryQueues.dispatch.consume(this, { batchSize: 10, maxConcurrency: props.dispatchConcurrency });
  }
}
