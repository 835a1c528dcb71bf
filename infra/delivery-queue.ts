import { Duration } from 'aws-cdk-lib';
import { MetricType } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Variable } from '../shared/ground/aws/environment.ts';
import { messagesFor, type Waiting } from './alarms/waiting.ts';
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
  /** The age of the oldest message, above which something is wrong. */
  oldest: Duration;
  /** Gets what was received too often. */
  deadLetters: Queue;
}

/** A queue of the deliveries to destinations. */
export class DeliveryQueue extends Construct {
  readonly queue: Queue;
  /** The age of its oldest message, for the alarms. */
  readonly waiting: Waiting;
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
    this.waiting = messagesFor(props.consumer, this.queue, props.oldest);
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
