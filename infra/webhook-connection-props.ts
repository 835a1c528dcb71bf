import type { RemovalPolicy } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ProviderId } from '../shared/endpoints/provider/presets.ts';
import type { ConnectionSettings } from '../shared/endpoints/settings/settings.ts';
import type { AnyWebhookGateway } from './connection-manager.ts';

/** Where the token of a connection comes from. */
export type TokenSource = { readonly generate: true } | { readonly fromSecret: ISecret };

/** The settings of the endpoint. `docs/settings.md` explains them. What is left out has its default. */
export interface WebhookConnectionProps extends ConnectionSettings {
  /** The gateway that receives the webhooks, made with `managedConnections`, or the result of `WebhookGateway.fromAttributes`. */
  readonly gateway: AnyWebhookGateway;
  /** The name, which is a part of the URL. Another name makes another connection with another URL, and deletes this one. */
  readonly name: string;
  /**
   * The id of the sender, as in the list of `docs/senders.md`. A connection can't change its provider.
   * @default generic
   */
  readonly provider?: ProviderId;
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
   * Whether an event goes by each rule that matches, or by the first one alone. The rules come from `addRoute` and `WebhookRoute`.
   * @default all
   */
  readonly routeMode?: 'all' | 'first';
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
