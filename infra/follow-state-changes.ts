import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alarmOnDeadLetters } from './alarms/dead-letters.ts';
import { alarmOnStreamAge } from './alarms/stream-age.ts';
import { HooklatchFunction } from './function.ts';
import type { RunReplayJobs } from './run-replay-jobs.ts';
import type { SharedResources } from './shared-resources.ts';
import { consumeStream } from './stream-consumer.ts';

export interface FollowStateChangesProps
  extends Pick<
    SharedResources,
    'stage' | 'state' | 'journal' | 'secrets' | 'bus' | 'deadLetters' | 'deliveries' | 'deliveryQueues'
  > {
  runReplayJobs: RunReplayJobs;
}

/**
 * Follows each change of a connection: writes the history, starts the release of held events, deletes secrets that the
 * connection dropped, and notifies the bus. Also writes the histories of destinations and of operators.
 */
export class FollowStateChanges extends HooklatchFunction {
  constructor(scope: Construct, props: FollowStateChangesProps) {
    super(scope, 'follow-state-changes', {
      severity: 'warning',
      impact:
        'Changes of connections or destinations are missing from the history and on the bus. Released events are not published. Dropped tokens stay in Secrets Manager, where nobody can use them. Webhooks are still accepted.',
      timeout: Duration.minutes(1),
    });
    props.journal.grant(this, {
      PutItem: ['history', 'destination_history', 'operators', 'runs'],
      GetItem: ['runs', 'run'],
    });
    props.runReplayJobs.grantWake(this);
    props.secrets.grantDelete(this);
    props.bus.grantPublish(this);
    // The right to let a destination's deliveries go on, or to cancel them.
    props.deliveries.grantChange(this);
    props.deliveries.grantList(this, 'byState');
    props.deliveryQueues.lane.grantSend(this);
    const { deadLetters } = props;
    consumeStream(this, props.state.table, {
      changes: ['INSERT', 'MODIFY', 'REMOVE'],
      deadLetters,
      severity: 'warning',
    });
    alarmOnStreamAge(
      this,
      'warning',
      'Changes of connections or destinations are missing from the history and on the bus',
    );
    alarmOnDeadLetters(
      this,
      props.stage,
      'ChangesGivenUp',
      'Changes of connections or destinations are missing from the history: they could not be read. They are in the dead-letter bucket. See which in the log of follow-state-changes. Remove the cause, then hand them over again: hooklatch redrive.',
    );
  }
}
