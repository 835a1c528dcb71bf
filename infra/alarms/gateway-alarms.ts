import type { Construct } from 'constructs';
import type { CountEvents } from '../count-events.ts';
import type { DeliveryQueues } from '../delivery-queues.ts';
import type { Stage } from '../deploy-settings/stage.ts';
import type { FollowStateChanges } from '../follow-state-changes.ts';
import { HooklatchFunction } from '../function.ts';
import { logOf } from '../log-audience.ts';
import type { Relay } from '../relay.ts';
import { retryHours } from '../stream-consumer.ts';
import { alarmOnDeadLettersInBucket, expiredRecordsOf } from './dead-letters-in-bucket.ts';
import { alarmOnDeadLettersInQueue } from './dead-letters-in-queue.ts';
import { alarmOnDestinations } from './destinations.ts';
import { alarmOnFailingBackground } from './failing-background.ts';
import { alarmOnLateBackground } from './late-background.ts';
import { alarmOnLateWebhooks } from './late-webhooks.ts';
import { countOutcomes } from './outcome-lines.ts';
import { alarmOnStalledRelay } from './stalled-relay.ts';
import { alarmOnThrottledAccount } from './throttled-account.ts';
import { recordsFor } from './waiting.ts';

export interface GatewayAlarmsProps {
  stage: Stage;
  ingest: HooklatchFunction;
  relay: Relay;
  /** The other functions behind streams. */
  readers: readonly (CountEvents | FollowStateChanges)[];
  queues: DeliveryQueues;
}

/**
 * Makes the alarms that watch several functions or queues together; call it when all functions are made. Decision 83 says what
 * that costs in safety.
 */
export function addGatewayAlarms(scope: Construct, props: GatewayAlarmsProps): void {
  const { stage, ingest, relay, readers } = props;
  const { dispatch, overflow, lane } = props.queues;
  const log = logOf(scope, 'Background');
  alarmOnStalledRelay(scope, { stage, ingest, relay });
  const waiting = [recordsFor(relay), dispatch.waiting];
  alarmOnLateWebhooks(scope, { waiting, expired: expiredRecordsOf(relay), retryHours });
  alarmOnLateBackground(scope, [...readers.map(recordsFor), overflow.waiting, lane.waiting]);
  const functions = scope.node.children.filter((child) => child instanceof HooklatchFunction);
  const writers = functions.filter(({ handler }) => handler.logGroup === log);
  alarmOnFailingBackground(scope, { stage, log, functions: writers });
  alarmOnThrottledAccount(scope);
  const linesWith = countOutcomes(scope, { stage, log });
  alarmOnDestinations(scope, [linesWith('destination.failing'), linesWith('delivery.given_up')]);
  alarmOnDeadLettersInBucket(scope, {
    givenUp: linesWith('given_up'),
    expired: readers.map(expiredRecordsOf),
    retryHours,
  });
  alarmOnDeadLettersInQueue(scope, props.queues);
}
