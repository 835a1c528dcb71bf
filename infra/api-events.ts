import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { RunReplayJobs } from './run-replay-jobs.ts';
import type { SharedResources } from './shared-resources.ts';

export interface ApiEventsProps
  extends Pick<SharedResources, 'state' | 'events' | 'bodies' | 'journal' | 'deliveries'> {
  /** The highest rate of a replay, in events a second. */
  replayCeiling: number;
  runReplayJobs: RunReplayJobs;
}

/** Shows operators the events, and starts replays. */
export class ApiEvents extends HooklatchFunction {
  constructor(
    scope: Construct,
    { state, events, bodies, journal, deliveries, replayCeiling, runReplayJobs }: ApiEventsProps,
  ) {
    super(scope, 'api-events', {
      severity: 'warning',
      impact: "Operators can't see or replay events. Webhooks are still accepted and stored.",
    });
    state.grantRead(this);
    events.grantReplay(this);
    bodies.grantGet(this);
    journal.grant(this, {
      Query: ['runs', 'run', 'relay', 'actions'],
      GetItem: ['runs', 'run', 'given_up'],
      PutItem: ['runs'],
      UpdateItem: ['runs'],
    });
    deliveries.grantListOfEvent(this);
    this.setVariable('REPLAY_CEILING', String(replayCeiling));
    runReplayJobs.grantWake(this);
  }
}
