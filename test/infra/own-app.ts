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
import { WebhookGateway } from '../../infra/webhook-gateway.ts';
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
new WebhookConnection(shop, 'Orders', {
  gateway,
  name: 'orders',
  provider: 'github',
  description: 'Orders of the shop',
  token: { generate: true },
  ...everyConnectionSetting,
});

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
