import { Duration } from 'aws-cdk-lib';
import type { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import type { RunReplayJobs } from './run-replay-jobs.ts';
import type { SharedResources } from './shared-resources.ts';
import { consumeStream } from './stream-consumer.ts';

export interface FollowStateChangesProps
  extends Pick<
    SharedResources,
    'state' | 'journal' | 'secrets' | 'bus' | 'deadLetters' | 'deliveries' | 'deliveryQueues'
  > {
  runReplayJobs: RunReplayJobs;
}

/**
 * Follows each change of a connection: writes the history, starts the release of held events, deletes secrets that the
 * connection dropped, and notifies the bus. Also writes the histories of destinations and of operators.
 */
export class FollowStateChanges extends HooklatchFunction {
  readonly stream: EventSourceMapping;

  constructor(scope: Construct, props: FollowStateChangesProps) {
    super(scope, 'follow-state-changes', {
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
    this.stream = consumeStream(this, props.state.table, { changes: ['INSERT', 'MODIFY', 'REMOVE'], deadLetters });
  }
}
