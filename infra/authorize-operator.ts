import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export type AuthorizeOperatorProps = Pick<SharedResources, 'state' | 'journal' | 'secrets'>;

/** Checks the operator token of each request to the operators' API, and closes the bootstrap token when its time is over. */
export class AuthorizeOperator extends HooklatchFunction {
  constructor(scope: Construct, { state, journal, secrets }: AuthorizeOperatorProps) {
    super(scope, 'authorize-operator', {
      impact: "Operators are locked out: their tokens can't be checked. Webhooks are still accepted.",
    });
    state.grantChangeRoster(this);
    journal.grant(this, { UpdateItem: ['operator_uses'] });
    secrets.grantReadBootstrap(this);
  }
}
