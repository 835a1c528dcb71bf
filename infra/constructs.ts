/** What the package exports as `hooklatch` and `hooklatch/infra`: the constructs for a CDK app of one's own, and all types of their props. */

export type { DestinationRate } from '../shared/deliveries/destination/destination-rate.ts';
export type { ProviderId } from '../shared/endpoints/provider/presets.ts';
export type { ConnectionSettings } from '../shared/endpoints/settings/settings.ts';
export type { Role } from '../shared/ground/base/actor.ts';
export type { RoleRule } from '../shared/operators/operator/oidc-role.ts';
export type { OidcSettings } from '../shared/operators/operator/oidc-settings.ts';
export type { AnyWebhookGateway, ConnectionManager, WebhookGatewayAttributes } from './connection-manager.ts';
export type { CustomDomainProps } from './custom-domain.ts';
export type { Stage } from './deploy-settings/stage.ts';
export type { ExampleTarget } from './deploy-settings/targets.ts';
export type { AnyEventBus } from './event-bus.ts';
export type { AnyWebhookConnection } from './route-list.ts';
export type { SecretText } from './secret-text.ts';
export type { Throttle } from './throttles.ts';
export { WebhookConnection } from './webhook-connection.ts';
export type { TokenSource, WebhookConnectionProps } from './webhook-connection-props.ts';
export type { WebhookConsumer } from './webhook-consumer.ts';
export type { OnWebhookProps, ReadBodiesOptions } from './webhook-consumer-props.ts';
export { WebhookDestination } from './webhook-destination.ts';
export type { DestinationAuth, WebhookDestinationProps } from './webhook-destination-props.ts';
export { WebhookGateway } from './webhook-gateway.ts';
export type { WebhookGatewayProps } from './webhook-gateway-props.ts';
export type { RouteProps, WebhookRouteProps } from './webhook-route.ts';
export { WebhookRoute } from './webhook-route.ts';
export type { WebhookTarget } from './webhook-target.ts';
