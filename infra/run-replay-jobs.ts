import type { Construct } from 'constructs';
import { JobRunner } from './job-runner.ts';
import type { SharedResources } from './shared-resources.ts';

export type RunReplayJobsProps = Pick<SharedResources, 'state' | 'events' | 'journal'>;

/** Runs replays and releases. */
export class RunReplayJobs extends JobRunner {
  constructor(scope: Construct, { state, events, journal }: RunReplayJobsProps) {
    super(scope, 'run-replay-jobs');
    state.grantRead(this);
    events.grantReplay(this);
    journal.grant(this, {
      Query: ['runs'],
      PutItem: ['run', 'ended_runs', 'actions'],
      UpdateItem: ['runs'],
      DeleteItem: ['runs'],
    });
  }
}
