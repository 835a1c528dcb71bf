import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export type ApiOperatorsProps = Pick<SharedResources, 'state' | 'journal'>;

/** Answers operators' requests about operators. */
export class ApiOperators extends HooklatchFunction {
  constructor(scope: Construct, { state, journal }: ApiOperatorsProps) {
    super(scope, 'api-operators', {
      impact:
        "Operators can't be listed, added or revoked. Existing tokens still work, and webhooks are still accepted.",
    });
    state.grantChangeRoster(this);
    journal.grant(this, { Query: ['operators', 'operator_uses'] });
  }
}
