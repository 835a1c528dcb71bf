/**
 * An app whose code gets webhooks from the bus: in the stack of the gateway, and in another one. Prints its templates as JSON, and
 * the error of each consumer that is tried. Nothing is bundled, because nothing is deployed.
 */
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { WebhookConnection, WebhookGateway } from '../../infra/constructs.ts';

const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
const env = { account: '123456789012', region: 'eu-central-1' };
const hooks = new Stack(app, 'hooks', { env });
const shop = new Stack(app, 'shop', { env });
const gateway = new WebhookGateway(hooks, 'Gateway', {
  stage: 'prod',
  console: false,
  managedConnections: true,
  alarmTopic: Topic.fromTopicArn(hooks, 'OnCall', 'arn:aws:sns:eu-central-1:123456789012:on-call'),
  warningTopic: Topic.fromTopicArn(hooks, 'Team', 'arn:aws:sns:eu-central-1:123456789012:team'),
});
const orders = new WebhookConnection(hooks, 'Orders', { gateway, name: 'orders', token: { generate: true } });
const fnIn = (stack: Stack, id: string) =>
  new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
  });
const machineIn = (stack: Stack, id: string) =>
  new StateMachine(stack, id, { definitionBody: DefinitionBody.fromChainable(new Pass(stack, `${id}Pass`)) });

const target = fnIn(hooks, 'Ship');
gateway.onWebhook('Ship', { connection: orders, target });
gateway.onWebhook('Bill', {
  connection: 'stripe',
  type: ['invoice.*', 'charge.refunded'],
  pattern: { data: { livemode: [true] } },
  target: new Queue(hooks, 'Bills'),
});
gateway.onWebhook('Run', { connection: 'github', type: 'push', target: machineIn(hooks, 'Machine') });
gateway.grantReadBodies(fnIn(hooks, 'ReadsOrders'), { connection: orders });
gateway.grantReadBodies(fnIn(hooks, 'ReadsOthers'), {
  connection: { connectionId: '0a1b2c3d-0000-4000-8000-000000000001' },
});
gateway.grantReadBodies(fnIn(hooks, 'ReadsAll'));

const there = fnIn(shop, 'Ship');
gateway.onWebhook('ShipThere', { connection: orders, target: there });
gateway.onWebhook('QueueThere', { connection: orders, target: new Queue(shop, 'Queue') });
gateway.onWebhook('RunThere', { connection: orders, target: machineIn(shop, 'Machine') });
gateway.grantReadBodies(there, { connection: orders });

// What is tried here is in a stack of its own, so the other templates have only what an app says.
const tried = new Stack(app, 'tried', { env });
const other = WebhookGateway.fromAttributes(tried, 'Other', {
  manageConnectionFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:other',
  manageConnectionRoleArn: 'arn:aws:iam::123456789012:role/other',
});
/** Values that a table in JSON can't have. */
const special = {
  '{fifo}': new Queue(tried, 'Fifo', { fifo: true }),
  '{topic}': new Topic(tried, 'Topic'),
  '{elsewhere}': new WebhookConnection(tried, 'Elsewhere', { gateway: other, name: 'elsewhere' }),
  '{unknown}': new CfnParameter(tried, 'Name').valueAsString,
};
const inPlace = (value: unknown): unknown => special[value as keyof typeof special] ?? value;
const usual = { connection: 'orders', target: fnIn(tried, 'Target') };
const errorOf = (make: () => unknown): string | null => {
  try {
    make();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};
/** The error of a consumer with these props. */
const errorWith = (props: object, at: number) => {
  const given = Object.fromEntries(Object.entries(props).map(([name, value]) => [name, inPlace(value)]));
  return errorOf(() => gateway.onWebhook(`Tried${at}`, { ...usual, ...given }));
};
const cases: object[] = JSON.parse(process.argv[2] ?? '[]');
const errors = cases.map(errorWith);
const ids = ['orders', '*', 'a/b', ''].map((connectionId) =>
  errorOf(() => gateway.grantReadBodies(usual.target, { connection: { connectionId } })),
);

const assembly = app.synth();
console.log(
  JSON.stringify({
    templates: Object.fromEntries(assembly.stacks.map(({ stackName, template }) => [stackName, template])),
    errors,
    ids,
  }),
);
