import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export interface ApiConnectionsProps extends Pick<SharedResources, 'state' | 'events' | 'journal'> {
  publicUrl: string;
  version: string;
}

/** Answers operators' requests about connections, and the requests that need no token: /healthz and /openapi.json. */
export class ApiConnections extends HooklatchFunction {
  constructor(scope: Construct, { state, events, journal, publicUrl, version }: ApiConnectionsProps) {
    super(scope, 'api-connections');
    state.grantManage(this);
    journal.grant(this, {
      Query: ['use', 'count', 'rejections', 'late', 'roll_up', 'alerts'],
      BatchGetItem: ['summary'],
    });
    // The right to count held events.
    events.grantList(this);
    this.setVariable('PUBLIC_URL', publicUrl);
    this.setVariable('HOOKLATCH_VERSION', version);
  }
}
