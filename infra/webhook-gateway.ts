import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { version } from '../shared/base/version.ts';
import { defaultShards } from '../shared/event/event-table.ts';
import type { OidcSettings } from '../shared/operator/oidc-settings.ts';
import { sendAlarms } from './alarms/alarm-topic.ts';
import { alarmOnStalledRelay } from './alarms/stalled-relay.ts';
import { alarmOnThrottledBackground, alarmOnThrottledSchedules } from './alarms/throttled-background.ts';
import { alarmOnThrottledFunctions } from './alarms/throttled-functions.ts';
import { ApiConnections } from './api-connections.ts';
import { ApiDeliveries } from './api-deliveries.ts';
import { ApiDestinations } from './api-destinations.ts';
import { ApiEndpoint } from './api-endpoint.ts';
import { ApiEvents } from './api-events.ts';
import { ApiHistoryAndRejections } from './api-history-and-rejections.ts';
import { ApiOperators } from './api-operators.ts';
import { ApiRoutes } from './api-routes.ts';
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
import { defaultDispatchConcurrency } from './deploy-settings/dispatch-concurrency.ts';
import { defaultReplayCeiling } from './deploy-settings/replay-ceiling.ts';
import { Dispatch } from './dispatch.ts';
import type { AnyEventBus } from './event-bus.ts';
import { ExampleRules } from './example-rules.ts';
import { FollowStateChanges } from './follow-state-changes.ts';
import { checkGatewayProps } from './gateway-bounds.ts';
import { type ApiFunctions, HttpApi } from './http-api.ts';
import { Ingest } from './ingest.ts';
import { ManageConnection } from './manage-connection.ts';
import { ParkDeliveries } from './park-deliveries.ts';
import { RaiseAlerts } from './raise-alerts.ts';
import { Relay } from './relay.ts';
import { RunRedeliveryJobs } from './run-redelivery-jobs.ts';
import { RunReplayJobs } from './run-replay-jobs.ts';
import { ServeFiles } from './serve-files.ts';
import { ServeLanes } from './serve-lanes.ts';
import { makeSharedResources, type SharedResources } from './shared-resources.ts';
import { StoreDeliveredSecret } from './store-delivered-secret.ts';
import { SweepDeliveries } from './sweep-deliveries.ts';
import { SweepSecrets } from './sweep-secrets.ts';
import { throttles } from './throttles.ts';
import { Transform } from './transform.ts';
import type { WebhookGatewayProps } from './webhook-gateway-props.ts';

/** The arguments of the functions' constructors. */
type Parts = SharedResources & {
  version: string;
  publicUrl: string;
  ownUrls: readonly string[];
  replayCeiling: number;
  dispatchConcurrency: number;
  laneConcurrency: number;
  tokenReminderDays: number | undefined;
  reservedConcurrency: number | undefined;
  oidc: OidcSettings | undefined;
  originDigests: readonly string[];
  allowPrivate: readonly string[];
  runReplayJobs: RunReplayJobs;
  runRedeliveryJobs: RunRedeliveryJobs;
  transform: Transform;
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
    checkGatewayProps(this, props);
    const { stage, removalPolicy, eventShards = defaultShards, senders = throttles.senders } = props;
    const resources = makeSharedResources(this, {
      stage,
      removalPolicy,
      eventShards,
      bus: props.bus,
      warmThroughput: props.warmThroughput,
      tags: props.tags,
    });
    this.keepsData = resources.keepsData;
    const api = new HttpApi(this, { stage, senders, domain: props.domain, hasConsole: props.console ?? true });
    this.publicUrl = props.publicUrl ?? api.url;
    this.bus = resources.bus.bus;
    const runReplayJobs = new RunReplayJobs(this, resources);
    const runRedeliveryJobs = new RunRedeliveryJobs(this, resources);
    const transform = new Transform(this);
    const parts: Parts = {
      ...resources,
      version,
      publicUrl: this.publicUrl,
      ownUrls: [...new Set([this.publicUrl, ...api.urls])],
      replayCeiling: props.replayCeiling ?? defaultReplayCeiling,
      dispatchConcurrency: props.dispatchConcurrency ?? defaultDispatchConcurrency,
      laneConcurrency: props.dispatchConcurrency ?? defaultDispatchConcurrency,
      tokenReminderDays: props.tokenReminderDays,
      reservedConcurrency: props.reservedConcurrency,
      oidc: props.oidc,
      originDigests: props.originDigests ?? [],
      allowPrivate: props.allowPrivate ?? [],
      runReplayJobs,
      runRedeliveryJobs,
      transform,
    };

    const functions = this.functionsBehindTheApi(parts);
    const [relay, ...behindStreams] = this.functionsBehindStreams(parts);
    const behindQueues = this.functionsBehindQueues(parts);
    const scheduled = this.scheduledFunctions(parts);
    api.serve(functions, this.publicUrl);
    new ExampleRules(this, this.bus, stage, props.exampleTargets ?? []);
    alarmOnThrottledFunctions(this, [functions.authorize, functions.ingest, functions['authorize-operator']]);
    alarmOnThrottledBackground(this, [relay, ...behindStreams, ...behindQueues]);
    alarmOnThrottledSchedules(this, [runReplayJobs, runRedeliveryJobs, ...scheduled]);
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
      'api-deliveries': new ApiDeliveries(this, parts),
      'api-destinations': new ApiDestinations(this, parts),
      'api-endpoint': new ApiEndpoint(this, parts),
      'api-events': new ApiEvents(this, parts),
      'api-history-and-rejections': new ApiHistoryAndRejections(this, parts),
      'api-operators': new ApiOperators(this, parts),
      'api-routes': new ApiRoutes(this, parts),
      'api-self-test': new ApiSelfTest(this, parts),
      'serve-files': new ServeFiles(this),
    };
  }

  private functionsBehindQueues(parts: Parts): [Dispatch, ParkDeliveries, ServeLanes] {
    return [new Dispatch(this, parts), new ParkDeliveries(this, parts), new ServeLanes(this, parts)];
  }

  private functionsBehindStreams(parts: Parts): [Relay, CountEvents, FollowStateChanges] {
    return [new Relay(this, parts), new CountEvents(this, parts), new FollowStateChanges(this, parts)];
  }

  /** The runners of jobs have a schedule too, but other functions wake them, so they are made before them. */
  private scheduledFunctions(parts: Parts): [SweepSecrets, SweepDeliveries, RaiseAlerts] {
    return [new SweepSecrets(this, parts), new SweepDeliveries(this, parts), new RaiseAlerts(this, parts)];
  }

  private addOutputs({ bodies, deadLetters, secrets }: SharedResources): void {
    new CfnOutput(this, 'PublicUrl', { value: this.publicUrl });
    new CfnOutput(this, 'BodiesBucket', { value: bodies.bucket.bucketName });
    new CfnOutput(this, 'BusName', { value: this.bus.eventBusName });
    new CfnOutput(this, 'FailuresBucket', { value: deadLetters.bucket.bucketName });
    new CfnOutput(this, 'BootstrapSecret', { value: secrets.bootstrap.secretArn });
  }
}
