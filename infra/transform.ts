import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';

/**
 * Evaluates the JSONata of deliveries. It has no alarm for errors: an expression that takes too much time or memory is one to Lambda. What
 * else fails, its callers log: `alarmOnPostponedAttempts`. Its throttles are watched with those of its callers.
 */
export class Transform extends HooklatchFunction {
  constructor(scope: Construct, name: 'transform' | 'dry-run-transform' = 'transform') {
    super(scope, name, { impact: null, timeout: Duration.seconds(3), isolated: true });
  }

  grantInvoke(fn: HooklatchFunction): void {
    fn.setVariable('TRANSFORM_FUNCTION', this.handler.functionName);
    fn.allow(['lambda:InvokeFunction'], this.handler.functionArn);
  }
}
