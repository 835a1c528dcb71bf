import type { Construct } from 'constructs';
import type { JournalKind } from '../shared/ground/aws/journal-key.ts';
import { HooklatchFunction } from './function.ts';
import type { SharedResources } from './shared-resources.ts';

/** The kinds of Journal items that the list of all jobs is read from. */
const jobKinds: JournalKind[] = ['runs', 'ended_runs', 'redeliveries', 'ended_redeliveries'];

/** The kinds of Journal items that statistics are read from. */
const statisticsKinds: JournalKind[] = ['count', 'duplicates', 'sent', 'sums', 'late', 'roll_up'];

export type ApiHistoryAndRejectionsProps = Pick<SharedResources, 'state' | 'journal' | 'deliveries'>;

/** Shows operators the history of a connection, why webhooks were refused, statistics, and all jobs. */
export class ApiHistoryAndRejections extends HooklatchFunction {
  constructor(scope: Construct, { state, journal, deliveries }: ApiHistoryAndRejectionsProps) {
    super(scope, 'api-history-and-rejections', {
      severity: 'warning',
      impact:
        "Operators can't see the history, statistics, the list of jobs, or why webhooks were refused. Webhooks are still accepted.",
    });
    state.grantRead(this);
    journal.grant(this, { Query: ['history', 'actions', 'rejections', ...statisticsKinds, ...jobKinds] });
    // The right to count what waits for a destination.
    deliveries.grantList(this, 'byState');
  }
}
