import type { Construct } from 'constructs';
import type { OidcSettings } from '../shared/operators/operator/oidc-settings.ts';
import { HooklatchFunction } from './function.ts';
import { checkOrigin } from './origin-check.ts';
import type { SharedResources } from './shared-resources.ts';

export interface AuthorizeOperatorProps extends Pick<SharedResources, 'state' | 'journal' | 'secrets'> {
  /** The issuer whose tokens operators may use. Without it, operators have operator tokens alone. */
  oidc: OidcSettings | undefined;
  /** SHA-256 of each live value of CloudFront's secret header. Empty without CloudFront. */
  originDigests: readonly string[];
}

/** Checks the operator token of each request to the operators' API, and closes the bootstrap token when its time is over. */
export class AuthorizeOperator extends HooklatchFunction {
  constructor(scope: Construct, { state, journal, secrets, oidc, originDigests }: AuthorizeOperatorProps) {
    super(scope, 'authorize-operator');
    state.grantChangeRoster(this);
    journal.grant(this, { UpdateItem: ['operator_uses'] });
    secrets.grantReadBootstrap(this);
    checkOrigin(this, originDigests);
    if (oidc) this.setVariable('OIDC', JSON.stringify({ ...oidc, operatorDays: undefined }));
  }
}
