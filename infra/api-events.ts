import type { Construct } from 'constructs';
import type { JournalKind } from '../shared/ground/aws/journal-key.ts';
import { HooklatchFunction } from './function.ts';
import type { RunReplayJobs } from './run-replay-jobs.ts';
import type { SharedResources } from './shared-resources.ts';

/** The kinds of Journal items that the list of all jobs is read from. */
const jobKinds: JournalKind[] = ['runs', 'ended_runs', 'redeliveries', 'ended_redeliveries'];

/** The kinds of Journal items that statistics are read from. */
const statisticsKinds: JournalKind[] = ['count', 'duplicates', 'sent', 'sums', 'late', 'roll_up'];

export interface ApiEventsProps
  extends Pick<SharedResources, 'state' | 'events' | 'bodies' | 'journal' | 'deliveries'> {
  /** The highest rate of a replay, in events a second. */
  replayCeiling: number;
  runReplayJobs: RunReplayJobs;
}

/** Shows operators the events, the history of a connection, why webhooks were refused, statistics and all jobs, and starts replays. */
export class ApiEvents extends HooklatchFunction {
  constructor(
    scope: Construct,
    { state, events, bodies, journal, deliveries, replayCeiling, runReplayJobs }: ApiEventsProps,
  ) {
    super(scope, 'api-events');
    state.grantRead(this);
    events.grantReplay(this);
    bodies.grantGet(this);
    journal.grant(this, {
      Query: ['history', 'actions', 'rejections', 'run', 'relay', ...statisticsKinds, ...jobKinds],
      GetItem: ['runs', 'run', 'given_up'],
      PutItem: ['runs'],
      UpdateItem: ['runs'],
    });
    deliveries.grantListOfEvent(this);
    // The right to count what waits for a destination.
    deliveries.grantList(this, 'byState');
    this.setVariable('REPLAY_CEILING', String(replayCeiling));
    runReplayJobs.grantWake(this);
  }
}
