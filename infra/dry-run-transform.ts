import type { Construct } from 'constructs';
import { Transform } from './transform.ts';

/**
 * Evaluates and checks JSONata that no delivery uses yet. Who may call it may not call the function of deliveries, nor the other way round. Its
 * throttles delay no delivery: its callers report them to whoever asked.
 */
export class DryRunTransform extends Transform {
  constructor(scope: Construct) {
    super(scope, 'dry-run-transform');
  }
}
