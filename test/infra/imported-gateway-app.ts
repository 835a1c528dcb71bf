/**
 * Apps of other teams: connections of a gateway that is in none of them. Prints, as JSON, the template or the error of each app that the
 * arguments name. No gateway is made here, so a synthesis takes a moment.
 */
import { App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { WebhookConnection } from '../../infra/webhook-connection.ts';
import { WebhookGateway } from '../../infra/webhook-gateway.ts';

const arns = {
  manageConnectionFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:hooklatch-prod-manageconnection-AbC',
  manageConnectionRoleArn: 'arn:aws:iam::123456789012:role/hooklatch-prod-manageconnection-DeF',
};
const here = { account: '123456789012', region: 'eu-central-1' };

/** A secret whose ARN is as long as AWS's documentation shows them: 100 characters. */
const known = (scope: Construct, at: number): ISecret =>
  Secret.fromSecretCompleteArn(
    scope,
    `Known${at}`,
    `arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/webhooks/sender-${String(at).padStart(16, '0')}-AbCdEf`,
  );
const generated = (scope: Construct, at: number): ISecret => new Secret(scope, `Generated${at}`) as ISecret;
const encrypted = (scope: Construct, at: number): ISecret =>
  Secret.fromSecretAttributes(scope, `Encrypted${at}`, {
    secretCompleteArn: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:payments-${at}-AbCdEf`,
    encryptionKey: Key.fromKeyArn(scope, `Key${at}`, 'arn:aws:kms:eu-central-1:123456789012:key/k1'),
  });

/** Connections with these secrets, so many in each stack. */
function connections(secretOf: typeof known, ...counts: number[]): App {
  const app = new App();
  const first = new Stack(app, 'gateway', { env: here });
  const gateway = WebhookGateway.fromAttributes(first, 'Gateway', arns);
  for (const [number, count] of counts.entries()) {
    const stack = number === 0 ? first : new Stack(app, `stack${number}`, { env: here });
    for (let at = 0; at < count; at += 1)
      new WebhookConnection(stack, `Connection${at}`, {
        gateway,
        name: `sender-${number}-${at}`,
        token: { fromSecret: secretOf(stack, 1_000 * number + at) },
      });
  }
  return app;
}

/** A connection in this account and region, of a gateway at these ARNs. */
function placed(env: { account?: string; region?: string }, attributes = arns, more: object = {}): App {
  const app = new App();
  const stack = new Stack(app, 'shop', { env });
  const gateway = WebhookGateway.fromAttributes(stack, 'Gateway', { ...attributes, ...more });
  new WebhookConnection(stack, 'Orders', { gateway, name: 'orders', token: { generate: true } });
  return app;
}

/** A connection beside a gateway of the same app. Nothing is bundled, because nothing is deployed. */
function beside(gatewayProps: object, env: object = here): App {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(app, 'hooks', { env: here });
  const gateway = new WebhookGateway(stack, 'Gateway', { stage: 'dev', console: false, ...gatewayProps });
  new WebhookConnection(new Stack(app, 'shop', { env }), 'Orders', { gateway, name: 'orders' });
  return app;
}

const apps: Record<string, () => App> = {
  with45: () => connections(known, 45),
  with200: () => connections(known, 200),
  with100Generated: () => connections(generated, 100),
  withKeys: () => connections(encrypted, 60),
  inThreeStacks: () => connections(known, 5, 5, 5),
  asManyAsFit: () => connections(known, 290, 232),
  tooMany: () => connections(known, 290, 233),
  twice: () => connections((scope) => (scope.node.tryFindChild('Known0') as ISecret | undefined) ?? known(scope, 0), 3),
  samePlace: () => placed(here),
  anyPlace: () => placed({}),
  keepsNothing: () => placed(here, arns, { keepsData: false }),
  otherAccount: () => placed({ ...here, account: '210987654321' }),
  otherRegion: () => placed({ ...here, region: 'us-east-1' }),
  notManaging: () => beside({}),
  besideInOtherRegion: () => beside({ managedConnections: true }, { ...here, region: 'us-east-1' }),
  noFunction: () => placed(here, { ...arns, manageConnectionFunctionArn: 'manage-connection' }),
};

function outcomeOf(make: () => App): object {
  try {
    const { stacks } = make().synth();
    return { templates: stacks.map(({ template }) => template) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

const asked = Object.entries(apps).filter(([name]) => process.argv.includes(name));
console.log(JSON.stringify(Object.fromEntries(asked.map(([name, make]) => [name, outcomeOf(make)]))));
