/**
 * Makes a gateway, a connection, a destination or routes with each of the props that `construct-bounds.test.ts` gives. Prints the message of each error as
 * JSON, or null if there is none. What is refused is refused before anything is made, so this takes a moment.
 */
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { AnyWebhookGateway } from '../../infra/connection-manager.ts';
import { WebhookConnection } from '../../infra/webhook-connection.ts';
import { WebhookDestination } from '../../infra/webhook-destination.ts';
import { WebhookGateway } from '../../infra/webhook-gateway.ts';
import type { RouteProps } from '../../infra/webhook-route.ts';

const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';

/** Values that a table in JSON can't have: what only CloudFormation knows, secrets, and a certificate. */
function special(stack: Stack, props: object): object {
  const unknown = () => new CfnParameter(stack, `Parameter${stack.node.children.length}`).valueAsString;
  const read = (_: string, value: unknown) => {
    if (value === '{secret}') return { fromSecret: new Secret(stack, `Secret${stack.node.children.length}`) };
    if (value === '{named secret}') return { fromSecret: Secret.fromSecretNameV2(stack, 'Named', 'partner') };
    return value === '{unknown}' ? unknown() : value;
  };
  const copy = JSON.parse(JSON.stringify(props), read);
  if ('domain' in copy) copy.domain.certificate = Certificate.fromCertificateArn(stack, 'Certificate', certificateArn);
  return copy;
}

const anyDestination = { name: 'shop', url: 'https://shop.example.com/' };

/** A connection with these routes, whose ids are those of their constructs. `elsewhere` is a destination of another gateway. */
interface Routed {
  routeMode?: 'all' | 'first';
  routes: Record<string, Partial<RouteProps>>;
}

function routed(stack: Stack, gateway: AnyWebhookGateway, { routeMode, routes }: Routed): void {
  const orders = new WebhookConnection(stack, 'Orders', { gateway, name: 'orders', ...(routeMode && { routeMode }) });
  const shop = new WebhookDestination(stack, 'Shop', { gateway, ...anyDestination });
  const other = WebhookGateway.fromAttributes(stack, 'Other', {
    manageConnectionFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:other',
    manageConnectionRoleArn: 'arn:aws:iam::123456789012:role/other',
  });
  const elsewhere = new WebhookDestination(stack, 'Elsewhere', { gateway: other, ...anyDestination });
  for (const [id, { to = shop, ...more }] of Object.entries(routes))
    orders.addRoute(id, { ...more, to: to === 'elsewhere' ? elsewhere : to });
}

function errorOf(kind: string, props: object): string | null {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(app, 'hooks');
  try {
    if (kind === 'gateway') new WebhookGateway(stack, 'Gateway', { stage: 'dev', ...special(stack, props) });
    else {
      const gateway = WebhookGateway.fromAttributes(stack, 'Gateway', {
        manageConnectionFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:hooklatch-prod-manage-AbC',
        manageConnectionRoleArn: 'arn:aws:iam::123456789012:role/hooklatch-prod-manage-DeF',
      });
      const copy = special(stack, props);
      if (kind === 'destination') new WebhookDestination(stack, 'Shop', { gateway, ...anyDestination, ...copy });
      else if (kind === 'connection') new WebhookConnection(stack, 'Orders', { gateway, name: 'orders', ...copy });
      else routed(stack, gateway, copy as Routed);
    }
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

const cases: [string, object][] = JSON.parse(process.argv[2] ?? '[]');
console.log(JSON.stringify(cases.map(([kind, props]) => errorOf(kind, props))));
