import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export interface ApiDestinationsProps
  extends Pick<SharedResources, 'state' | 'journal' | 'secrets' | 'deliveries' | 'deliveryQueues'> {
  /** The URLs at which this deployment is reached. No destination may be there. */
  ownUrls: readonly string[];
  /** Ranges of private addresses at which destinations may be. */
  allowPrivate: readonly string[];
}

/** Answers operators' requests about destinations, and sends the requests that test them. */
export class ApiDestinations extends HooklatchFunction {
  constructor(scope: Construct, props: ApiDestinationsProps) {
    super(scope, 'api-destinations', {
      // A test waits for the destination. The function must end before API Gateway stops waiting, after 30 seconds.
      timeout: Duration.seconds(28),
    });
    const { state, journal, secrets, deliveries, deliveryQueues, ownUrls, allowPrivate } = props;
    state.grantManageDestinations(this);
    secrets.grantChangeDestinations(this);
    journal.grant(this, { Query: ['destination_history', 'destination_actions'] });
    // A test that succeeds changes the health of its destination.
    deliveries.grantChange(this);
    deliveryQueues.lane.grantSend(this);
    this.setVariable('OWN_URLS', ownUrls.join(','));
    if (allowPrivate.length > 0) this.setVariable('ALLOW_PRIVATE', allowPrivate.join(','));
  }
}
