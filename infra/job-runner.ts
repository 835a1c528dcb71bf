import { Duration } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import { wakeEvery } from './schedule.ts';

/** A function that works on jobs. It wakes up every minute and when a job begins, and invokes itself while there is work. */
export abstract class JobRunner extends HooklatchFunction {
  constructor(scope: Construct, name: string) {
    super(scope, name, {
      // The function spends most of its time on signing its writes. At the default ceiling there are 500 writes a
      // second.
      memoryMb: 1_024,
      timeout: Duration.seconds(90),
    });
    this.allowItself();
    wakeEvery(scope, this, { minutes: 1, retries: 0 });
  }

  /** Allows a function to start this one at once, without waiting for the next minute. */
  grantWake(fn: HooklatchFunction): void {
    fn.setVariable('RUNNER_FUNCTION', this.handler.functionName);
    fn.allow(['lambda:InvokeFunction'], this.handler.functionArn);
  }

  /**
   * Lets the function invoke itself, by a separate policy. The role's default policy can't name the function, because the
   * function depends on that policy.
   */
  private allowItself(): void {
    const statement = new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [this.handler.functionArn],
    });
    const policy = new Policy(this, 'WakeItself', { statements: [statement] });
    if (this.handler.role) policy.attachToRole(this.handler.role);
  }
}
