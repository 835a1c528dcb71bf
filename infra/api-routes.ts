import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';
import type { Transform } from './transform.ts';

export interface ApiRoutesProps extends Pick<SharedResources, 'state' | 'events' | 'bodies' | 'secrets'> {
  transform: Transform;
}

/** Answers operators' requests about the rules that route events to destinations. */
export class ApiRoutes extends HooklatchFunction {
  constructor(scope: Construct, { state, events, bodies, secrets, transform }: ApiRoutesProps) {
    super(scope, 'api-routes', {
      impact: "Operators can't read, change or test routes. Webhooks are still accepted and routed.",
      // A change and a test wait for expressions. The function must end before API Gateway stops waiting, after 30 seconds.
      timeout: Duration.seconds(28),
    });
    state.grantManageRoutes(this);
    events.grantGet(this);
    bodies.grantGet(this);
    // A test strikes the values of destinations out of what it shows.
    secrets.grantReadDestinations(this);
    transform.grantInvoke(this);
  }
}
