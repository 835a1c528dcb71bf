import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export type AuthorizeOperatorProps = Pick<SharedResources, 'state' | 'secrets'>;

/** Checks the operator token of each request to the operators' API. */
export class AuthorizeOperator extends HooklatchFunction {
  constructor(scope: Construct, { state, secrets }: AuthorizeOperatorProps) {
    super(scope, 'authorize-operator', {
      impact: "Operators are locked out: their tokens can't be checked. Webhooks are still accepted.",
    });
    state.grantRead(this);
    secrets.grantReadBootstrap(this);
  }
}
