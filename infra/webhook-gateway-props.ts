import type { RemovalPolicy } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { OidcSettings } from '../shared/operators/operator/oidc-settings.ts';
import type { CustomDomainProps } from './custom-domain.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { ExampleTarget } from './deploy-settings/targets.ts';
import type { AnyEventBus } from './event-bus.ts';
import type { Throttle } from './throttles.ts';

/** The props of a gateway. Their bounds are those of the settings of a deployment: see `gateway-bounds.ts`. */
export interface WebhookGatewayProps {
  /** The stage is part of names: of the bus, the API and the secrets. An account and region can have one gateway of each stage. */
  readonly stage: Stage;
  /**
   * What happens to the tables, buckets and secrets when the gateway is removed.
   * @default in the stage `dev` they are removed too, in all other stages they stay
   */
  readonly removalPolicy?: RemovalPolicy | undefined;
  /**
   * The URL at which senders reach the API, without a final slash.
   * @default the API's own endpoint
   */
  readonly publicUrl?: string | undefined;
  /**
   * The bus that gets the events.
   * @default a new bus
   */
  readonly bus?: AnyEventBus | undefined;
  /**
   * The topic that gets the alarms.
   * @default the alarms notify nobody
   */
  readonly alarmTopic?: ITopic | undefined;
  /**
   * The topic that gets the alarms that can wait for working hours. `alarmTopic` then gets the urgent ones alone.
   * @default `alarmTopic` gets all
   */
  readonly warningTopic?: ITopic | undefined;
  /**
   * The number of requests that each public route takes, from all senders together.
   * @default 2,000 a second, and 4,000 at once
   */
  readonly senders?: Throttle | undefined;
  /**
   * Concurrent executions that are reserved for each of the two functions that answer senders.
   * @default none
   */
  readonly reservedConcurrency?: number | undefined;
  /**
   * The number of index partitions for the events of one connection. Each takes 1,000 events a second.
   * @default 4
   */
  readonly eventShards?: number | undefined;
  /**
   * The highest rate of a replay or of a redelivery of many, in events or deliveries a second.
   * @default 500
   */
  readonly replayCeiling?: number | undefined;
  /**
   * How many batches of webhooks are sent to destinations at the same time. The lanes of unwell destinations get as much again.
   * @default 5
   */
  readonly dispatchConcurrency?: number | undefined;
  /**
   * A token that is older than so many days is reported on the bus. It is never rotated by itself.
   * @default no token is reported
   */
  readonly tokenReminderDays?: number | undefined;
  /**
   * Ranges of private addresses at which destinations may be, such as `10.0.0.0/8`.
   * @default destinations are at public addresses
   */
  readonly allowPrivate?: readonly string[] | undefined;
  /**
   * Example rules on the bus, by their target.
   * @default none
   */
  readonly exampleTargets?: ExampleTarget[] | undefined;
  /**
   * Whether the console is served.
   * @default true
   */
  readonly console?: boolean | undefined;
  /**
   * How many events a second the tables take from the first second on. AWS charges for it once, and can't lower it again.
   * @default what AWS gives a new table: 4,000 writes a second
   */
  readonly warmThroughput?: number | undefined;
  /**
   * Tags of the secrets that are made at run time, which no stack can tag.
   * @default only the tag `hooklatch:deployment`
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether stacks can have connections of this gateway (`WebhookConnection`). Then the gateway has a function with the rights of
   * an admin, and whoever may invoke it has these rights. It stays when the last connection goes.
   * @default false
   */
  readonly managedConnections?: boolean | undefined;
  /**
   * The OpenID Connect issuer whose tokens operators may use.
   * @default none: operators have operator tokens alone
   */
  readonly oidc?: OidcSettings | undefined;
  /**
   * A domain of one's own for the API, with its certificate.
   * @default the API's own endpoint
   */
  readonly domain?: CustomDomainProps | undefined;
  /**
   * SHA-256 of the secret header that CloudFront adds, in hexadecimal; two while the secret changes. With it, requests that do not
   * come through CloudFront are refused, and the addresses of callers are those that CloudFront saw.
   * @default the API is not behind CloudFront
   */
  readonly originDigests?: readonly string[] | undefined;
}
