import type { Construct } from 'constructs';
import type { JournalKind } from '../shared/aws/journal-key.ts';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

/** The kinds of Journal items that statistics are read from. */
const statisticsKinds: JournalKind[] = ['count', 'duplicates', 'sums', 'late', 'roll_up'];

export type ApiHistoryAndRejectionsProps = Pick<SharedResources, 'state' | 'journal'>;

/** Shows operators the history of a connection, why webhooks were refused, and statistics. */
export class ApiHistoryAndRejections extends HooklatchFunction {
  constructor(scope: Construct, { state, journal }: ApiHistoryAndRejectionsProps) {
    super(scope, 'api-history-and-rejections', {
      impact: "Operators can't see the history, statistics, or why webhooks were refused. Webhooks are still accepted.",
    });
    state.grantRead(this);
    journal.grant(this, { Query: ['history', 'actions', 'rejections', ...statisticsKinds] });
  }
}
