import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export type ApiDeliveriesProps = Pick<SharedResources, 'state' | 'events' | 'bodies' | 'deliveries' | 'deliveryQueues'>;

/** Answers operators' requests about deliveries to destinations. */
export class ApiDeliveries extends HooklatchFunction {
  constructor(scope: Construct, { state, events, bodies, deliveries, deliveryQueues }: ApiDeliveriesProps) {
    super(scope, 'api-deliveries', {
      impact: "Operators can't see where webhooks went, or redeliver them. Webhooks are still accepted and sent.",
      memoryMb: 512,
    });
    state.grantReadWithRouting(this);
    events.grantGet(this);
    bodies.grantGet(this);
    deliveries.grantChange(this);
    deliveryQueues.dispatch.grantSend(this);
    deliveries.grantListOfEvent(this);
    deliveries.grantList(this, 'byDestination', 'byState');
  }
}
