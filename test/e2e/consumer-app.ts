/**
 * An app whose functions handle webhooks: one that a rule calls, and one behind a queue. Only some may read large bodies. Writes its
 * assembly to `CDK_OUTDIR`. The context `code` is the folder with the code of these functions.
 */
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { WebhookConnection, WebhookGateway } from '../../infra/constructs.ts';

const app = new App();
const stack = new Stack(app, 'Hooks');
const gateway = new WebhookGateway(stack, 'Gateway', { stage: 'dev', console: false, managedConnections: true });
const [orders, returns, visits] = ['orders', 'returns', 'visits'].map((name) => {
  const connection = new WebhookConnection(stack, name, { gateway, name, token: { generate: true } });
  new CfnOutput(stack, `${name}Id`, { value: connection.connectionId });
  return connection;
}) as [WebhookConnection, WebhookConnection, WebhookConnection];

const handled = new Table(stack, 'Handled', {
  partitionKey: { name: 'id', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.DESTROY,
});
/** A function that notes each webhook in the table. */
function consumer(id: string, environment: Record<string, string> = {}): LambdaFunction {
  const made = new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(app.node.getContext('code')),
    memorySize: 256,
    timeout: Duration.seconds(20),
    environment: { HANDLED_TABLE: handled.tableName, CONSUMER: id, ...environment },
  });
  handled.grantWriteData(made);
  return made;
}
/** A queue before a function. What the function fails on twice is in another queue. */
function queueBefore(id: string, target: LambdaFunction): Queue {
  const failed = new Queue(stack, `${id}Failed`, { retentionPeriod: Duration.days(14) });
  const deadLetterQueue = { queue: failed, maxReceiveCount: 2 };
  const queue = new Queue(stack, `${id}Queue`, { visibilityTimeout: Duration.seconds(120), deadLetterQueue });
  target.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
  return queue;
}

const reader = consumer('Reader', { ORDERS_URL: orders.url });
gateway.grantReadBodies(reader, { connection: orders });
gateway.onWebhook('ReadOrders', { connection: orders, target: reader });

const readerOfQueue = consumer('ReaderOfQueue');
gateway.grantReadBodies(readerOfQueue, { connection: orders });
const queue = queueBefore('Reader', readerOfQueue);
gateway.onWebhook('QueueOrders', { connection: orders, target: queue });
gateway.onWebhook('QueueReturns', { connection: returns, target: queue });

const stranger = consumer('Stranger');
gateway.onWebhook('StrangerBehindQueue', { connection: visits, target: queueBefore('Stranger', stranger) });
gateway.onWebhook('StrangerCalled', { connection: visits, target: stranger });
app.synth();
