import type { Construct } from 'constructs';
import type { OidcSettings } from '../shared/endpoint/oidc-settings.ts';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export interface AuthorizeOperatorProps extends Pick<SharedResources, 'state' | 'journal' | 'secrets'> {
  /** The issuer whose tokens operators may use. Without it, operators have operator tokens alone. */
  oidc: OidcSettings | undefined;
}

/** Checks the operator token of each request to the operators' API, and closes the bootstrap token when its time is over. */
export class AuthorizeOperator extends HooklatchFunction {
  constructor(scope: Construct, { state, journal, secrets, oidc }: AuthorizeOperatorProps) {
    super(scope, 'authorize-operator', {
      impact: "Operators are locked out: their tokens can't be checked. Webhooks are still accepted.",
    });
    state.grantChangeRoster(this);
    journal.grant(this, { UpdateItem: ['operator_uses'] });
    secrets.grantReadBootstrap(this);
    if (oidc) this.setVariable('oidc', JSON.stringify(oidc));
  }
}
