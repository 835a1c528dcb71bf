/** A gateway with one connection, whose webhooks go to the server. */
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { WebhookConnection, WebhookDestination, WebhookGateway } from 'hooklatch';

/** Without a URL, all runs on this machine. */
const { SERVER_URL, PORT = '8080' } = process.env;
const here = SERVER_URL === undefined && { allowPrivate: ['127.0.0.1/32'] };

const app = new App();
const stack = new Stack(app, 'HooklatchExampleServer');
const gateway = new WebhookGateway(stack, 'Gateway', { stage: 'dev', managedConnections: true, ...here });
const orders = new WebhookConnection(stack, 'Orders', { gateway, name: 'orders', token: { generate: true } });
const server = new WebhookDestination(stack, 'Server', {
  gateway,
  name: 'server',
  url: SERVER_URL ?? `http://127.0.0.1:${PORT}/webhooks`,
});
orders.addRoute('all', { to: server });
new CfnOutput(stack, 'OrdersUrl', { value: orders.url });
