import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alarmWhenGivenUp } from './alarms/given-up.ts';
import { alarmWhenLate } from './alarms/late-stream.ts';
import type { DeadLetterBucket } from './dead-letter-bucket.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchBus } from './event-bus.ts';
import { HooklatchFunction } from './function.ts';
import type { JournalTable } from './journal-table.ts';
import type { RunReplayJobs } from './run-replay-jobs.ts';
import type { Secrets } from './secrets.ts';
import type { StateTable } from './state-table.ts';
import { consumeStream } from './stream-consumer.ts';

export interface FollowStateChangesProps {
  stage: Stage;
  state: StateTable;
  journal: JournalTable;
  secrets: Secrets;
  bus: HooklatchBus;
  failures: DeadLetterBucket;
  runner: RunReplayJobs;
}

/** What follows each change of a connection: its history, the release of what was held, the deletion of secrets it dropped, a notice. */
export class FollowStateChanges extends HooklatchFunction {
  constructor(scope: Construct, { stage, state, journal, secrets, bus, failures, runner }: FollowStateChangesProps) {
    super(scope, 'follow-state-changes', {
      impact:
        'Changes of connections are missing in the history and on the bus, what was held is not published though it was released, and dropped tokens stay in Secrets Manager, where they are of no use to anybody. Webhooks go on being accepted.',
      timeout: Duration.minutes(1),
    });
    // The history, and the release of what was held.
    journal.grant(this, { PutItem: ['history', 'runs'], GetItem: ['runs', 'run'] });
    runner.grantWake(this);
    secrets.grantDeleteTokens(this);
    bus.grantPublish(this);
    consumeStream(this, state.table, { changes: ['INSERT', 'MODIFY', 'REMOVE'], failures });
    alarmWhenLate(this, 'Changes of connections are missing in the history and on the bus');
    alarmWhenGivenUp(
      this,
      stage,
      'ChangesGivenUp',
      'Changes of connections are in the failures bucket and missing in the history: they could not be read. See which in the log of history, then hand them over again: npm run redrive.',
    );
  }
}
