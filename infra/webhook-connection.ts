import { CfnDeletionPolicy, CfnResource, CustomResource, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ConnectionProperties } from '../shared/endpoints/endpoint/managed-properties.ts';
import { type ConnectionSettings, settingsSchema } from '../shared/endpoints/settings/settings.ts';
import { checkConnectionProps } from './connection-bounds.ts';
import { answerTimeout, type ConnectionManager, checkSamePlace } from './connection-manager.ts';
import { removalOf } from './data-protection.ts';
import { type AnyWebhookConnection, RouteList } from './route-list.ts';
import { warnIfNearlyFull } from './stack-headroom.ts';
import { completeArnOf } from './token-read-policies.ts';
import type { WebhookConnectionProps } from './webhook-connection-props.ts';
import { type RouteProps, WebhookRoute } from './webhook-route.ts';

/** A connection with its endpoint, as a resource of a stack. */
export class WebhookConnection extends Construct implements AnyWebhookConnection {
  /** The name, which is a part of the URL and of the `source` of its events. */
  readonly connectionName: string;
  /** The immutable id. Another connection of the same name has another id. */
  readonly connectionId: string;
  /** The URL for the sender. It stays the same as long as the connection has its name. */
  readonly url: string;
  /**
   * The secret with the token. Its current version is a JSON object with `token`, also after each rotation, and with
   * `signingSecret` if `auth.kind` is both.
   */
  readonly tokenSecret: ISecret;
  /** The rules that route its events. `addRoute` and `WebhookRoute` add to them. */
  readonly routeList: RouteList;
  /** The function that manages it. */
  readonly connectionManager: ConnectionManager;

  constructor(scope: Construct, id: string, props: WebhookConnectionProps) {
    super(scope, id);
    checkConnectionProps(this, props);
    warnIfNearlyFull(this);
    const { gateway, token, removalPolicy } = props;
    const { connectionManager: manager } = gateway;
    checkSamePlace(this, manager);
    this.routeList = new RouteList(this, manager, props.routeMode);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::HooklatchConnection',
      serviceToken: manager.functionArn,
      serviceTimeout: answerTimeout,
      properties: { ...this.propertiesOf(props), ...this.routeList.properties() },
    });

    this.keep(resource, removalPolicy ?? removalOf(manager.keepsData));
    if (token && 'fromSecret' in token) resource.node.addDependency(manager.readPolicies.allow(this, token.fromSecret));
    this.connectionName = props.name;
    this.connectionManager = manager;
    this.connectionId = resource.ref;
    this.url = resource.getAttString('Url');
    this.tokenSecret = Secret.fromSecretCompleteArn(this, 'TokenSecret', resource.getAttString('TokenSecretArn'));
  }

  /** Adds a rule after those that are there, which sends events to a destination. The rule has this id. */
  addRoute(id: string, props: RouteProps): WebhookRoute {
    return new WebhookRoute(this, id, { ...props, connection: this });
  }

  private propertiesOf(props: WebhookConnectionProps): ConnectionProperties & Record<string, string> {
    const { gateway: _, name, provider = 'generic', description, status = 'active', token, adopt = false } = props;
    const names = Object.keys(settingsSchema.shape) as (keyof ConnectionSettings)[];
    const settings = Object.fromEntries(names.map((setting) => [setting, props[setting]]));
    return {
      Name: name,
      Provider: provider,
      ...(description !== undefined && { Description: description }),
      Settings: Stack.of(this).toJsonString(settings),
      Status: status,
      ...(token && { Token: 'generate' in token ? 'generate' : completeArnOf(token.fromSecret) }),
      Adopt: adopt ? 'true' : 'false',
    };
  }

  /**
   * Says what becomes of the connection when it is removed from the template. When another name replaces it, it is always deleted:
   * a connection that stayed open, and that no template names, would be overlooked.
   */
  private keep(resource: CustomResource, policy: RemovalPolicy): void {
    const { defaultChild } = resource.node;
    if (!(defaultChild instanceof CfnResource)) throw new Error('a custom resource has no CloudFormation resource');
    defaultChild.applyRemovalPolicy(policy, { applyToUpdateReplacePolicy: false });
    defaultChild.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
  }
}
