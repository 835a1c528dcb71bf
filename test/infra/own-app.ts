/** The CDK app of a deployment that has its own code: a gateway and connections, beside resources of its own. */
import { App, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnRule, EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Stage } from '../../infra/deploy-settings/stage.ts';
import { makeSharedResources } from '../../infra/shared-resources.ts';
import { WebhookConnection } from '../../infra/webhook-connection.ts';
import { WebhookDestination } from '../../infra/webhook-destination.ts';
import { WebhookGateway } from '../../infra/webhook-gateway.ts';
import { WebhookRoute } from '../../infra/webhook-route.ts';
import { everyConnectionSetting } from './every-connection-setting.ts';

const app = new App();
const stage = app.node.getContext('stage') as Stage;
const shop = new Stack(app, 'shop');
const gateway = new WebhookGateway(shop, 'Webhooks', {
  stage,
  bus: new EventBus(shop, 'Bus'),
  alarmTopic: Topic.fromTopicArn(shop, 'OnCall', 'arn:aws:sns:eu-central-1:123456789012:on-call'),
  senders: { rate: 20, burst: 30 },
  managedConnections: true,
});
const orders = new WebhookConnection(shop, 'Orders', {
  gateway,
  name: 'orders',
  provider: 'github',
  description: 'Orders of the shop',
  token: { generate: true },
  routeMode: 'first',
  ...everyConnectionSetting,
});
const secretOf = (scope: Stack, name: string) =>
  Secret.fromSecretCompleteArn(scope, name, `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`);
const partner = secretOf(shop, 'partner');
const erp = new WebhookDestination(shop, 'Erp', {
  gateway,
  name: 'erp',
  url: 'https://erp.example.com/webhooks',
  description: 'The ERP',
  method: 'PUT',
  headers: { 'x-team': 'shop', 'x-key': { fromSecret: partner, field: 'key' } },
  auth: { kind: 'basic', username: 'hooks', password: { fromSecret: partner, field: 'password' } },
  timeoutSeconds: 5,
  rate: { perMinute: 100 },
  concurrency: 3,
  giveUpAfterHours: 24,
  schedule: [60, 3_600],
  retryOn: ['5xx'],
  forwardHeaders: ['x-hub-signature-256'],
  signingSecret: { fromSecret: secretOf(shop, 'signing') },
});
orders.addRoute('paid', {
  when: { data: { amount: [{ numeric: ['>', 100] }] } },
  transform: '{ "text": data.id }',
  to: erp,
});
new WebhookRoute(shop, 'Otherwise', { connection: orders, ruleId: 'otherwise', to: 'made-by-operators' });

// In another stack, with a secret that somebody else made.
const billing = new Stack(app, 'billing');
// CloudFormation takes no stack without a resource.
new CfnRule(billing, 'Rest', { scheduleExpression: 'rate(1 day)' });
if (app.node.tryGetContext('billing') !== 'empty') addPayments(billing);

function addPayments(billing: Stack): void {
  const secret = Secret.fromSecretAttributes(billing, 'Stripe', {
    secretCompleteArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:stripe-AbCdEf',
    encryptionKey: Key.fromKeyArn(billing, 'Key', 'arn:aws:kms:eu-central-1:123456789012:key/k1'),
  });
  const payments = new WebhookConnection(billing, 'Payments', {
    gateway,
    name: 'payments',
    provider: 'stripe',
    status: 'inactive',
    token: { fromSecret: secret },
    adopt: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  payments.addRoute('all', { to: erp });
  billing.exportValue(payments.url, { name: 'PaymentsUrl' });
}

// A gateway whose data does not follow the stage, without the console, and a connection that says as little as it may.
const archive = new Stack(app, 'archive');
const plain = new WebhookGateway(archive, 'Webhooks', {
  stage,
  removalPolicy: stage === 'prod' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  console: false,
  managedConnections: true,
});
new WebhookDestination(archive, 'Chat', {
  gateway: plain,
  name: 'chat',
  url: { fromSecret: secretOf(archive, 'chat') },
  adopt: true,
});
new WebhookConnection(archive, 'Returns', {
  gateway: plain,
  name: 'returns',
  token: {
    fromSecret: Secret.fromSecretCompleteArn(
      archive,
      'Token',
      'arn:aws:secretsmanager:eu-central-1:123456789012:secret:returns-AbCdEf',
    ),
  },
});

// The resources that hold data, once for each removal policy.
for (const removalPolicy of Object.values(RemovalPolicy))
  makeSharedResources(new Stack(app, `removal-${removalPolicy}`), { stage, removalPolicy, eventShards: 4 });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
