import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export interface ApiEndpointProps extends Pick<SharedResources, 'state' | 'events' | 'journal' | 'secrets'> {
  publicUrl: string;
}

/** Carries out operators' commands on an endpoint and its tokens. */
export class ApiEndpoint extends HooklatchFunction {
  constructor(scope: Construct, { state, events, journal, secrets, publicUrl }: ApiEndpointProps) {
    super(scope, 'api-endpoint');
    state.grantChangeWithSecrets(this);
    // The right to count the events that would be lost if an operator deconfigures a held endpoint.
    events.grantList(this);
    secrets.grantChangeTokens(this);
    // Every command answers with the whole record, last uses included.
    journal.grant(this, { Query: ['use'] });
    this.setVariable('PUBLIC_URL', publicUrl);
  }
}
