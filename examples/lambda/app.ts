/** A gateway with the connections of two senders, and a function that gets their webhooks by a queue. */
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { WebhookConnection, WebhookGateway } from 'hooklatch';

const app = new App();
const stack = new Stack(app, 'HooklatchExample');
const alarmTopic = new Topic(stack, 'Alarms', { enforceSSL: true });
const gateway = new WebhookGateway(stack, 'Gateway', { stage: 'dev', managedConnections: true, alarmTopic });

const code = new WebhookConnection(stack, 'Code', {
  gateway,
  name: 'code',
  provider: 'github',
  token: { generate: true },
});
// Stripe makes the secret itself: an operator adopts it.
const payments = new WebhookConnection(stack, 'Payments', { gateway, name: 'payments', provider: 'stripe' });
new CfnOutput(stack, 'UrlForGitHub', { value: code.url });
new CfnOutput(stack, 'UrlForStripe', { value: payments.url });

const failures = new Queue(stack, 'Failures', { retentionPeriod: Duration.days(14), enforceSSL: true });
const queue = new Queue(stack, 'Queue', {
  visibilityTimeout: Duration.minutes(3),
  deadLetterQueue: { queue: failures, maxReceiveCount: 5 },
  enforceSSL: true,
});
// Each has dead letters of its own, and an alarm that notifies the topic.
gateway.onWebhook('Pushes', { connection: code, type: 'push', target: queue });
gateway.onWebhook('Invoices', { connection: payments, type: 'invoice.*', target: queue });

const handled = new Table(stack, 'Handled', {
  partitionKey: { name: 'id', type: AttributeType.STRING },
  timeToLiveAttribute: 'expiration',
  billingMode: BillingMode.PAY_PER_REQUEST,
});
const handler = new LambdaFunction(stack, 'Handler', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromAsset('dist'),
  timeout: Duration.seconds(30),
  environment: { HANDLED_TABLE: handled.tableName },
});
handled.grantReadWriteData(handler);
for (const connection of [code, payments]) gateway.grantReadBodies(handler, { connection });
handler.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
