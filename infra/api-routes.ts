import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DryRunTransform } from './dry-run-transform.ts';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export interface ApiRoutesProps extends Pick<SharedResources, 'state' | 'events' | 'bodies'> {
  dryRunTransform: DryRunTransform;
}

/** Answers operators' requests about the rules that route events to destinations. */
export class ApiRoutes extends HooklatchFunction {
  constructor(scope: Construct, { state, events, bodies, dryRunTransform }: ApiRoutesProps) {
    super(scope, 'api-routes', {
      // A change and a test wait for expressions. The function must end before API Gateway stops waiting, after 30 seconds.
      timeout: Duration.seconds(28),
    });
    state.grantManageRoutes(this);
    events.grantGet(this);
    bodies.grantGet(this);
    dryRunTransform.grantInvoke(this);
  }
}
