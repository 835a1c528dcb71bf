import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { HooklatchFunction } from '../function.ts';
import { alarmPeriod } from './alarm.ts';
import type { Watched } from './worst-of.ts';

/** What waits for a function, and how old the oldest of it may be. */
export interface Waiting extends Watched {
  oldest: Duration;
}

/** The age of a record that waits in a stream. */
const oldestRecord = Duration.minutes(10);

const oldestOf = { statistic: Stats.MAXIMUM, period: alarmPeriod };

/**
 * The records of a stream that wait for their function. A function that can't process a record does not fail: it asks for the same record
 * again, so only the age shows it.
 */
export const recordsFor = (fn: HooklatchFunction): Waiting => ({
  metric: fn.handler.metric('IteratorAge', oldestOf),
  of: fn.node.id,
  oldest: oldestRecord,
  badFrom: oldestRecord.toMilliseconds(),
});

/** The messages of a queue that wait for their function. A queue that nobody reads has no dead letters, so only the age shows it. */
export const messagesFor = (consumer: string, queue: IQueue, oldest: Duration): Waiting => ({
  metric: queue.metricApproximateAgeOfOldestMessage(oldestOf),
  of: consumer,
  oldest,
  badFrom: oldest.toSeconds(),
});

/** The functions and their bounds, as a part of a sentence. */
export const boundsOf = (all: readonly Waiting[]): string =>
  all.map(({ of, oldest }) => `${of} (${oldest.toMinutes()} minutes)`).join(', ');
