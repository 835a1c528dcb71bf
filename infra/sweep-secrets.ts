import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export type SweepSecretsProps = Pick<SharedResources, 'state' | 'secrets'>;

/** Deletes, once an hour, the secrets of endpoints and destinations that a crash left behind. */
export class SweepSecrets extends HooklatchFunction {
  constructor(scope: Construct, { state, secrets }: SweepSecretsProps) {
    super(scope, 'sweep-secrets', {
      timeout: Duration.minutes(5),
    });
    state.grantSweep(this);
    secrets.grantSweep(this);
    // With the usual retries of AWS: the next call is an hour away, and two at the same time do no harm.
    new Rule(this, 'Hourly', {
      description: 'Clears away the secrets that a crash left behind',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(this.handler)],
    });
  }
}
