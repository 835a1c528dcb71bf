import type { RemovalPolicy } from 'aws-cdk-lib';
import type { DestinationRate } from '../shared/deliveries/destination/destination-rate.ts';
import type { AnyWebhookGateway } from './connection-manager.ts';
import type { SecretText } from './secret-text.ts';

/** How requests to a destination prove who sends them, besides the signature that each of them has. No credential is in the template. */
export type DestinationAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: SecretText }
  | { readonly kind: 'basic'; readonly username: string; readonly password: SecretText }
  | { readonly kind: 'header'; readonly name: string; readonly value: SecretText }
  | {
      readonly kind: 'oauth2';
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly clientSecret: SecretText;
      readonly scope?: string;
      /** @default basic */
      readonly clientAuthentication?: 'basic' | 'body';
    };

/** A URL that gets signed requests. `docs/destinations.md` explains each setting. What is left out has its default. */
export interface WebhookDestinationProps {
  /** The gateway that sends the requests, made with `managedConnections`, or the result of `WebhookGateway.fromAttributes`. */
  readonly gateway: AnyWebhookGateway;
  /** The name. Another name makes another destination. */
  readonly name: string;
  /** Where requests go. A URL that is a secret itself, as those of Slack are, comes from Secrets Manager. */
  readonly url: string | SecretText;
  readonly description?: string;
  /** @default POST */
  readonly method?: 'POST' | 'PUT' | 'PATCH';
  /** Headers of each request. A value that is a secret comes from Secrets Manager. */
  readonly headers?: Readonly<Record<string, string | SecretText>>;
  /** @default none */
  readonly auth?: DestinationAuth;
  /**
   * How long an answer may take, 1 to 30 seconds.
   * @default 15
   */
  readonly timeoutSeconds?: number;
  /**
   * The most requests in a second or a minute.
   * @default only the limits of the deployment
   */
  readonly rate?: DestinationRate;
  /**
   * The most requests at once, 1 to 100.
   * @default only the limits of the deployment
   */
  readonly concurrency?: number;
  /**
   * How long a delivery is tried, 1 to 720 hours.
   * @default 72
   */
  readonly giveUpAfterHours?: number;
  /**
   * The waits between attempts, in seconds: up to 20, each from 5 to 43,200. The last one, at least 300, repeats.
   * @default 5 s, 30 s, 2, 10 and 30 min, 1, 2, 4, 8 h, and then every 12 h
   */
  readonly schedule?: readonly number[];
  /**
   * The answers after which a delivery is attempted again: statuses such as `503`, and classes such as `5xx`.
   * @default each failure
   */
  readonly retryOn?: readonly string[];
  /**
   * The sender's headers that go on although they usually do not: those of a signature of another body, and those of proxies. At most 20 names
   * in lower case.
   * @default none
   */
  readonly forwardHeaders?: readonly string[];
  /**
   * The secret with which requests are signed: `whsec_` and 24 to 64 bytes in base64.
   * @default one is generated
   */
  readonly signingSecret?: SecretText;
  /**
   * Whether a destination of this name that exists is taken over. The stack then never deletes it.
   * @default false
   */
  readonly adopt?: boolean;
  /**
   * What happens to the destination when it is removed from the template, or replaced by one of another name.
   * @default in the stage `dev` it is deleted, in all other stages it stays
   */
  readonly removalPolicy?: RemovalPolicy;
}
