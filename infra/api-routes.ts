import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';
import type { Transform } from './transform.ts';

export interface ApiRoutesProps extends Pick<SharedResources, 'state'> {
  transform: Transform;
}

/** Answers operators' requests about the rules that route events to destinations. */
export class ApiRoutes extends HooklatchFunction {
  constructor(scope: Construct, { state, transform }: ApiRoutesProps) {
    super(scope, 'api-routes', {
      impact: "Operators can't read or change routes. Webhooks are still accepted and routed.",
      // A change waits for the check of each new expression. The function must end before API Gateway stops waiting, after 30 seconds.
      timeout: Duration.seconds(28),
    });
    state.grantManageRoutes(this);
    transform.grantInvoke(this);
  }
}
