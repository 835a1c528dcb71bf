/** Prints how many resources a stack with these constructs has, as JSON, and what the synthesis warns of. */
import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { WebhookConnection } from '../../infra/webhook-connection.ts';
import { WebhookDestination } from '../../infra/webhook-destination.ts';
import { WebhookGateway } from '../../infra/webhook-gateway.ts';

interface Content {
  connections: number;
  destinations?: number;
  /** Of the first connection, to the first destination. */
  routes?: number;
  /** How many of the connections have a token from a secret. */
  secrets?: number;
}

function stackWith({ connections, destinations = 0, routes = 0, secrets = 0 }: Content) {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(app, 'hooks');
  const gateway = WebhookGateway.fromAttributes(stack, 'Gateway', {
    manageConnectionFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:hooklatch-prod-manage-AbC',
    manageConnectionRoleArn: 'arn:aws:iam::123456789012:role/hooklatch-prod-manage-DeF',
  });
  const arnOf = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`;
  const made = Array.from({ length: connections }, (_, at) => {
    const token = at < secrets && { fromSecret: Secret.fromSecretCompleteArn(stack, `Secret${at}`, arnOf(`s${at}`)) };
    return new WebhookConnection(stack, `Connection${at}`, { gateway, name: `c${at}`, ...(token && { token }) });
  });
  const targets = Array.from(
    { length: destinations },
    (_, at) =>
      new WebhookDestination(stack, `Destination${at}`, { gateway, name: `d${at}`, url: 'https://shop.example.com/' }),
  );
  for (let at = 0; at < routes; at += 1) {
    const [connection, to] = [made[0], targets[0]];
    if (connection && to) connection.addRoute(`r${at}`, { to });
  }
  const { template, messages } = app.synth().getStackArtifact(stack.artifactId);
  return {
    count: Object.keys(template.Resources ?? {}).length,
    warnings: messages.filter(({ level }) => level === 'warning').map(({ entry }) => String(entry.data)),
  };
}

const contents: Content[] = JSON.parse(process.argv[2] ?? '[]');
process.stdout.write(JSON.stringify(contents.map(stackWith)));
