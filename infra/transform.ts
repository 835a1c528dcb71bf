import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';

/**
 * Evaluates the JSONata of deliveries. No alarm watches its log: an expression that takes too much time or memory is an error
 * to Lambda. What else fails, its callers log: `alarmOnFailingBackground`.
 */
export class Transform extends HooklatchFunction {
  constructor(scope: Construct, name: 'transform' | 'dry-run-transform' = 'transform') {
    super(scope, name, { timeout: Duration.seconds(3), isolated: true });
  }

  grantInvoke(fn: HooklatchFunction): void {
    fn.setVariable('TRANSFORM_FUNCTION', this.handler.functionName);
    fn.allow(['lambda:InvokeFunction'], this.handler.functionArn);
  }
}
