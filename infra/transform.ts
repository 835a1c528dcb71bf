import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';

/**
 * Evaluates JSONata. It has no alarm for errors: an expression that takes too much time or memory is one to Lambda. Its callers report
 * what else fails.
 */
export class Transform extends HooklatchFunction {
  constructor(scope: Construct) {
    super(scope, 'transform', { impact: null, timeout: Duration.seconds(3), isolated: true });
  }

  grantInvoke(fn: HooklatchFunction): void {
    fn.setVariable('transform', this.handler.functionName);
    fn.allow(['lambda:InvokeFunction'], this.handler.functionArn);
  }
}
