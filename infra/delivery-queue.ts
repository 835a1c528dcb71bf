import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { MetricType } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Variable } from '../shared/aws/environment.ts';
import { addAlarm, alarmPeriod, counted } from './alarms/alarm.ts';
import type { HooklatchFunction } from './function.ts';

/** How long a queue keeps a message. What is not handled by then stands in the Deliveries table all the same. */
const keptFor = Duration.days(4);
/** How long a dead letter waits for somebody to send it again. */
const deadLettersKeptFor = Duration.days(14);
/** A message that came so often is a dead letter. The function itself gives up earlier on what ends it. */
const maxReceives = 12;

export interface DeliveryQueueProps {
  /** The variable that names the queue to functions. */
  variable: Variable;
  /** The function that reads the queue, as it is called in texts. */
  consumer: string;
  /** How long a message is hidden while it is handled: at least six times the function's timeout, as AWS asks. */
  visibility: Duration;
  /** What is late for people when messages are dead letters, as a sentence. */
  impact: string;
}

/** The age of the oldest message that waits, above which something is wrong: whatever waits longer is no message. */
const oldest = Duration.minutes(15);

/** A queue of the deliveries to destinations, with its dead letters, and alarms on them and on what waits too long. */
export class DeliveryQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  private readonly variable: Variable;

  constructor(scope: Construct, id: string, { variable, consumer, visibility, impact }: DeliveryQueueProps) {
    super(scope, id);
    this.variable = variable;
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...common, retentionPeriod: deadLettersKeptFor });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      retentionPeriod: keptFor,
      visibilityTimeout: visibility,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
    });
    addAlarm(this, 'DeadLettersArrived', {
      alarmDescription: `${impact} Messages are in the dead-letter queue of ${consumer}. See why in the log of ${consumer}. Remove the cause, then start a redrive of that queue.`,
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible(counted),
    });
  }

  /** Rings when a message waits too long. Each alarm costs, so only the queue has one through which everything goes. */
  alarmOnAge(consumer: string, impact: string): void {
    addAlarm(this, 'Late', {
      alarmDescription: `${impact} The oldest message for ${consumer} is over ${oldest.toMinutes()} minutes old. See the log of ${consumer}, and whether Lambda has concurrency left.`,
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
