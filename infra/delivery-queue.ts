import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { MetricType } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Variable } from '../shared/ground/aws/environment.ts';
import { addAlarm, alarmPeriod, type Severity } from './alarms/alarm.ts';
import type { HooklatchFunction } from './function.ts';

/**
 * How long a queue keeps a message, and the longest that SQS knows: a first attempt has no row yet, so it stands nowhere else. A dead letter
 * keeps the time when it was first sent, so both queues count from then.
 */
export const keptFor = Duration.days(14);
/** A message that came so often is a dead letter. The function itself gives up earlier on what ends it. */
const maxReceives = 12;

export interface DeliveryQueueProps {
  /** The variable that names the queue to functions. */
  variable: Variable;
  /** The function that reads the queue, as it is called in texts. */
  consumer: string;
  /** How long a message is hidden while it is handled: at least six times the function's timeout, as AWS asks. */
  visibility: Duration;
  /** What is late for people when messages wait, as a sentence. */
  impact: string;
  /** The age of the oldest message, above which something is wrong, and who has to know. */
  oldest: Duration;
  lateSeverity: Severity;
  /** Gets what was received too often. */
  deadLetters: Queue;
}

/** A queue of the deliveries to destinations, with an alarm on what waits too long. */
export class DeliveryQueue extends Construct {
  readonly queue: Queue;
  private readonly variable: Variable;

  constructor(scope: Construct, id: string, props: DeliveryQueueProps) {
    super(scope, id);
    this.variable = props.variable;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      retentionPeriod: keptFor,
      visibilityTimeout: props.visibility,
      deadLetterQueue: { queue: props.deadLetters, maxReceiveCount: maxReceives },
    });
    this.alarmOnAge(props);
  }

  /** Rings when a message waits too long. A queue that nobody reads has no dead letters, so this is the only sign of one. */
  private alarmOnAge({ consumer, impact, oldest, lateSeverity }: DeliveryQueueProps): void {
    addAlarm(this, 'Late', {
      severity: lateSeverity,
      alarmDescription: `${impact} The oldest message for ${consumer} is over ${oldest.toMinutes()} minutes old. See the log of ${consumer}, whether its event source mapping is enabled, and whether Lambda has concurrency left. SQS deletes a message after ${keptFor.toDays()} days.`,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: alarmPeriod }),
      threshold: oldest.toSeconds(),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    });
  }

  /** Allows sending messages to the queue. */
  grantSend(fn: HooklatchFunction): void {
    fn.setVariable(this.variable, this.queue.queueUrl);
    fn.allow(['sqs:SendMessage'], this.queue.queueArn);
  }

  /** Wakes a function for the messages of the queue. The function says which of a batch it could not handle. */
  consume(fn: HooklatchFunction, options: { batchSize: number; maxConcurrency: number }): void {
    fn.handler.addEventSourceMapping('Queue', {
      eventSourceArn: this.queue.queueArn,
      reportBatchItemFailures: true,
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
      ...options,
    });
    fn.allow(['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], this.queue.queueArn);
  }
}
