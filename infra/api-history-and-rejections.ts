import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

export type ApiHistoryAndRejectionsProps = Pick<SharedResources, 'state' | 'journal'>;

/** Shows operators the history of a connection, and why webhooks were refused. */
export class ApiHistoryAndRejections extends HooklatchFunction {
  constructor(scope: Construct, { state, journal }: ApiHistoryAndRejectionsProps) {
    super(scope, 'api-history-and-rejections', {
      impact: "Operators can't see the history, or why webhooks were refused. Webhooks are still accepted.",
    });
    state.grantRead(this);
    journal.grant(this, { Query: ['history', 'actions', 'rejections'] });
  }
}
