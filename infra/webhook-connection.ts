import { CfnDeletionPolicy, CfnResource, CustomResource, Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ResourceProperties } from '../shared/api/managed-properties.ts';
import { type ConnectionSettings, settingsSchema } from '../shared/settings/settings.ts';
import { type AnyWebhookGateway, checkSamePlace } from './connection-manager.ts';
import { removalOf } from './data-protection.ts';
import { completeArnOf } from './token-read-policies.ts';

/** Where the token of a connection comes from. */
export type TokenSource = { readonly generate: true } | { readonly fromSecret: ISecret };

/** The settings of the endpoint. `docs/settings.md` explains them. What is left out has its default. */
export interface WebhookConnectionProps extends ConnectionSettings {
  /** The gateway that receives the webhooks, made with `managedConnections`, or the result of `WebhookGateway.fromAttributes`. */
  readonly gateway: AnyWebhookGateway;
  /** The name, which is a part of the URL. Another name makes another connection with another URL, and deletes this one. */
  readonly name: string;
  /**
   * The sender, as in the list of `docs/senders.md`. A connection can't change its provider.
   * @default generic
   */
  readonly provider?: string;
  readonly description?: string;
  /**
   * Whether the URL accepts webhooks.
   * @default active
   */
  readonly status?: 'active' | 'inactive';
  /**
   * Where the token comes from. A generated token stays until an operator rotates it. With `auth.kind` both, the text of the
   * secret is a JSON object with `value` and `signingSecret`.
   * @default an operator sets the token, or the sender makes it
   */
  readonly token?: TokenSource;
  /**
   * Whether a connection of this name that exists is taken over. The stack then never deletes it.
   * @default false
   */
  readonly adopt?: boolean;
  /**
   * What happens to the connection when it is removed from the template.
   * @default in the stage `dev` it is deleted, in all other stages it stays
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** CloudFormation would wait for an answer for an hour. */
const answerTimeout = Duration.minutes(10);

/** A connection with its endpoint, as a resource of a stack. */
export class WebhookConnection extends Construct {
  /** The URL for the sender. It stays the same as long as the connection has its name. */
  readonly url: string;
  /**
   * The secret with the token. Its current version is a JSON object with `token`, also after each rotation, and with
   * `signingSecret` if `auth.kind` is both.
   */
  readonly tokenSecret: ISecret;

  constructor(scope: Construct, id: string, props: WebhookConnectionProps) {
    super(scope, id);
    const { gateway, token, removalPolicy } = props;
    const { connectionManager: manager } = gateway;
    checkSamePlace(this, manager);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::HooklatchConnection',
      serviceToken: manager.functionArn,
      serviceTimeout: answerTimeout,
      properties: this.propertiesOf(props),
    });
    this.keep(resource, removalPolicy ?? removalOf(manager.keepsData));
    if (token && 'fromSecret' in token) resource.node.addDependency(manager.readPolicies.allow(this, token.fromSecret));
    this.url = resource.getAttString('Url');
    this.tokenSecret = Secret.fromSecretCompleteArn(this, 'TokenSecret', resource.getAttString('TokenSecretArn'));
  }

  private propertiesOf(props: WebhookConnectionProps): ResourceProperties & Record<string, string> {
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
