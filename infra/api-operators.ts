import type { Construct } from 'constructs';
import type { OidcSettings } from '../shared/operators/operator/oidc-settings.ts';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export interface ApiOperatorsProps extends Pick<SharedResources, 'state' | 'journal'> {
  oidc: OidcSettings | undefined;
}

/** Answers operators' requests about operators. */
export class ApiOperators extends HooklatchFunction {
  constructor(scope: Construct, { state, journal, oidc }: ApiOperatorsProps) {
    super(scope, 'api-operators');
    state.grantChangeRoster(this);
    journal.grant(this, { Query: ['operators', 'operator_uses'] });
    if (oidc?.operatorDays) this.setVariable('OIDC_OPERATOR_DAYS', String(oidc.operatorDays));
  }
}
