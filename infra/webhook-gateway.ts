import { CfnOutput, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { version } from '../shared/base/version.ts';
import { defaultShards } from '../shared/event/event-table.ts';
import type { OidcSettings } from '../shared/operator/oidc-settings.ts';
import { sendAlarms } from './alarms/alarm-topic.ts';
import { alarmOnStalledRelay } from './alarms/stalled-relay.ts';
import { alarmOnThrottledBackground } from './alarms/throttled-background.ts';
import { alarmOnThrottledFunctions } from './alarms/throttled-functions.ts';
import { ApiConnections } from './api-connections.ts';
import { ApiEndpoint } from './api-endpoint.ts';
import { ApiEvents } from './api-events.ts';
import { ApiHistoryAndRejections } from './api-history-and-rejections.ts';
import { ApiOperators } from './api-operators.ts';
import { ApiSelfTest } from './api-self-test.ts';
import { Authorize } from './authorize.ts';
import { AuthorizeOperator } from './authorize-operator.ts';
import {
  type AnyWebhookGateway,
  type ConnectionManager,
  connectionManagerOf,
  importedGateway,
  type WebhookGatewayAttributes,
} from './connection-manager.ts';
import { CountEvents } from './count-events.ts';
import type { CustomDomainProps } from './custom-domain.ts';
import type { ExampleTarget } from './deploy-settings/example-targets.ts';
import { defaultReplayCeiling } from './deploy-settings/replay-ceiling.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { AnyEventBus } from './event-bus.ts';
import { ExampleRules } from './example-rules.ts';
import { FollowStateChanges } from './follow-state-changes.ts';
import { type ApiFunctions, HttpApi } from './http-api.ts';
import { Ingest } from './ingest.ts';
import { ManageConnection } from './manage-connection.ts';
import { RaiseAlerts } from './raise-alerts.ts';
import { Relay } from './relay.ts';
import { RunReplayJobs } from './run-replay-jobs.ts';
import { ServeFiles } from './serve-files.ts';
import { makeSharedResources, type SharedResources } from './shared-resources.ts';
import { StoreDeliveredSecret } from './store-delivered-secret.ts';
import { SweepSecrets } from './sweep-secrets.ts';
import { type Throttle, throttles } from './throttles.ts';

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
   * The highest rate of a replay, in events a second.
   * @default 500
   */
  readonly replayCeiling?: number | undefined;
  /**
   * A token that is older than so many days is reported on the bus. It is never rotated by itself.
   * @default no token is reported
   */
  readonly tokenReminderDays?: number | undefined;
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

/** The arguments of the functions' constructors. */
type Parts = SharedResources & {
  version: string;
  publicUrl: string;
  replayCeiling: number;
  tokenReminderDays: number | undefined;
  reservedConcurrency: number | undefined;
  oidc: OidcSettings | undefined;
  originDigests: readonly string[];
  runReplayJobs: RunReplayJobs;
};

/**
 * All of Hooklatch: its resources, and each function's rights on them. Each function has two files of the same name.
 * The file in `functions/` is its code, and the file here lists its rights.
 */
export class WebhookGateway extends Construct implements AnyWebhookGateway {
  /**
   * A gateway of another stack or app, in the same account and region, for its connections.
   * @throws if an ARN can't be one of a function or a role
   */
  static fromAttributes(scope: Construct, id: string, attributes: WebhookGatewayAttributes): AnyWebhookGateway {
    return importedGateway(scope, id, attributes);
  }

  /** The URL at which senders and operators reach the API. */
  readonly publicUrl: string;
  /** The bus that gets the events. */
  readonly bus: AnyEventBus;
  /** Whether tables, buckets and secrets stay when the gateway is removed. */
  readonly keepsData: boolean;
  private readonly manager: ConnectionManager | undefined;

  constructor(scope: Construct, id: string, props: WebhookGatewayProps) {
    super(scope, id);
    const { stage, removalPolicy, eventShards = defaultShards, senders = throttles.senders } = props;
    const resources = makeSharedResources(this, {
      ...{ stage, removalPolicy, eventShards, bus: props.bus },
      ...{ warmThroughput: props.warmThroughput, tags: props.tags },
    });
    this.keepsData = resources.keepsData;
    const api = new HttpApi(this, { stage, senders, domain: props.domain, hasConsole: props.console ?? true });
    this.publicUrl = props.publicUrl ?? api.url;
    this.bus = resources.bus.bus;
    const runReplayJobs = new RunReplayJobs(this, resources);
    const parts: Parts = {
      ...resources,
      version,
      publicUrl: this.publicUrl,
      replayCeiling: props.replayCeiling ?? defaultReplayCeiling,
      tokenReminderDays: props.tokenReminderDays,
      reservedConcurrency: props.reservedConcurrency,
      oidc: props.oidc,
      originDigests: props.originDigests ?? [],
      runReplayJobs,
    };

    const functions = this.functionsBehindTheApi(parts);
    const [relay, ...behindStreams] = this.functionsBehindStreams(parts);
    const scheduled = this.scheduledFunctions(parts);
    api.serve(functions, this.publicUrl);
    new ExampleRules(this, this.bus, stage, props.exampleTargets ?? []);
    alarmOnThrottledFunctions(this, [functions.authorize, functions.ingest, functions['authorize-operator']]);
    alarmOnThrottledBackground(this, [relay, ...behindStreams, runReplayJobs, ...scheduled]);
    alarmOnStalledRelay(this, { stage, ingest: functions.ingest, relay });
    sendAlarms(this, props.alarmTopic);
    this.addOutputs(resources);
    this.manager = props.managedConnections ? this.addConnectionManager(parts) : undefined;
  }

  /** @throws if the gateway was made without `managedConnections` */
  get connectionManager(): ConnectionManager {
    if (this.manager) return this.manager;
    throw new Error(
      `the gateway ${this.node.path} manages no connections. Set managedConnections: true on it, and deploy its stack first`,
    );
  }

  private addConnectionManager(parts: Parts): ConnectionManager {
    const { functionArn, role } = new ManageConnection(this, parts);
    const stack = Stack.of(this);
    // Other stacks import both. Without these lines the export would go with the last connection that needs it, and
    // CloudFormation would refuse to update this stack while the other one still has that connection.
    for (const value of [functionArn, role.roleName]) stack.exportValue(value);
    new CfnOutput(this, 'ManageConnectionFunctionArn', { value: functionArn });
    new CfnOutput(this, 'ManageConnectionRoleArn', { value: role.roleArn });
    return connectionManagerOf(this, { functionArn, role, keepsData: this.keepsData });
  }

  private functionsBehindTheApi(parts: Parts): ApiFunctions {
    const storeDeliveredSecret = new StoreDeliveredSecret(this, parts);
    return {
      authorize: new Authorize(this, parts),
      ingest: new Ingest(this, { ...parts, storeDeliveredSecret }),
      'authorize-operator': new AuthorizeOperator(this, parts),
      'api-connections': new ApiConnections(this, parts),
      'api-endpoint': new ApiEndpoint(this, parts),
      'api-events': new ApiEvents(this, parts),
      'api-history-and-rejections': new ApiHistoryAndRejections(this, parts),
      'api-operators': new ApiOperators(this, parts),
      'api-self-test': new ApiSelfTest(this, parts),
      'serve-files': new ServeFiles(this),
    };
  }

  private functionsBehindStreams(parts: Parts): [Relay, CountEvents, FollowStateChanges] {
    return [new Relay(this, parts), new CountEvents(this, parts), new FollowStateChanges(this, parts)];
  }

  /** `RunReplayJobs` has a schedule too, but other functions wake it, so it is made before them. */
  private scheduledFunctions(parts: Parts): [SweepSecrets, RaiseAlerts] {
    return [new SweepSecrets(this, parts), new RaiseAlerts(this, parts)];
  }

  private addOutputs({ bodies, deadLetters, secrets }: SharedResources): void {
    new CfnOutput(this, 'PublicUrl', { value: this.publicUrl });
    new CfnOutput(this, 'BodiesBucket', { value: bodies.bucket.bucketName });
    new CfnOutput(this, 'BusName', { value: this.bus.eventBusName });
    new CfnOutput(this, 'FailuresBucket', { value: deadLetters.bucket.bucketName });
    new CfnOutput(this, 'BootstrapSecret', { value: secrets.bootstrap.secretArn });
  }
}
