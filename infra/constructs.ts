/** What the package exports as `hooklatch` and `hooklatch/infra`: the constructs for a CDK app of one's own. */
export type { AnyWebhookGateway, WebhookGatewayAttributes } from './connection-manager.ts';
export { type TokenSource, WebhookConnection, type WebhookConnectionProps } from './webhook-connection.ts';
export { WebhookGateway, type WebhookGatewayProps } from './webhook-gateway.ts';
