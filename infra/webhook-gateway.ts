import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { defaultShards } from '../shared/events/event/event-table.ts';
import { version } from '../shared/ground/base/version.ts';
import type { OidcSettings } from '../shared/operators/operator/oidc-settings.ts';
import { type AlarmTopics, sendAlarms } from './alarms/alarm-topic.ts';
import { addGatewayAlarms } from './alarms/gateway-alarms.ts';
import { ApiConnections } from './api-connections.ts';
import { ApiDeliveries } from './api-deliveries.ts';
import { ApiDestinations } from './api-destinations.ts';
import { ApiEndpoint } from './api-endpoint.ts';
import { ApiEvents } from './api-events.ts';
import { ApiOperators } from './api-operators.ts';
import { ApiRoutes } from './api-routes.ts';
import { ApiSelfTest } from './api-self-test.ts';
import { Authorize } from './authorize.ts';
import { AuthorizeOperator } from './authorize-operator.ts';
import type { BodiesBucket } from './bodies-bucket.ts';
import {
  type AnyWebhookGateway,
  type ConnectionManager,
  connectionManagerOf,
  importedGateway,
  type WebhookGatewayAttributes,
} from './connection-manager.ts';
import { checkConnectionId, checkConsumer } from './consumer-bounds.ts';
import { CountEvents } from './count-events.ts';
import { defaultDispatchConcurrency, defaultReplayCeiling } from './deploy-settings/capacity.ts';
import { Dispatch } from './dispatch.ts';
import { DryRunTransform } from './dry-run-transform.ts';
import type { AnyEventBus } from './event-bus.ts';
import { ExampleRules } from './example-rules.ts';
import { FollowStateChanges } from './follow-state-changes.ts';
import { checkGatewayProps } from './gateway-bounds.ts';
import { type ApiFunctions, HttpApi } from './http-api.ts';
import { Ingest } from './ingest.ts';
import { logOf } from './log-audience.ts';
import { ManageConnection } from './manage-connection.ts';
import { ParkDeliveries } from './park-deliveries.ts';
import { RaiseAlerts } from './raise-alerts.ts';
import { countRejections } from './rejection-metric.ts';
import { Relay } from './relay.ts';
import { RunRedeliveryJobs } from './run-redelivery-jobs.ts';
import { RunReplayJobs } from './run-replay-jobs.ts';
import { ServeFiles } from './serve-files.ts';
import { ServeLanes } from './serve-lanes.ts';
import { makeSharedResources, type SharedResources } from './shared-resources.ts';
import { warnIfNearlyFull } from './stack-headroom.ts';
import { StoreDeliveredSecret } from './store-delivered-secret.ts';
import { SweepDeliveries } from './sweep-deliveries.ts';
import { SweepSecrets } from './sweep-secrets.ts';
import { throttles } from './throttles.ts';
import { Transform } from './transform.ts';
import { consumersBeside, WebhookConsumer } from './webhook-consumer.ts';
import type { OnWebhookProps, ReadBodiesOptions } from './webhook-consumer-props.ts';
import type { WebhookGatewayProps } from './webhook-gateway-props.ts';

/** The arguments of the functions' constructors. */
type Parts = SharedResources & {
  version: string;
  publicUrl: string;
  ownUrls: readonly string[];
  replayCeiling: number;
  dispatchConcurrency: number;
  tokenReminderDays: number | undefined;
  reservedConcurrency: number | undefined;
  oidc: OidcSettings | undefined;
  originDigests: readonly string[];
  allowPrivate: readonly string[];
  runReplayJobs: RunReplayJobs;
  runRedeliveryJobs: RunRedeliveryJobs;
  transform: Transform;
  dryRunTransform: DryRunTransform;
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
  private readonly bodies: BodiesBucket;
  private readonly alarmTopics: AlarmTopics | undefined;

  constructor(scope: Construct, id: string, props: WebhookGatewayProps) {
    super(scope, id);
    checkGatewayProps(this, props);
    warnIfNearlyFull(this);
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
    const api = new HttpApi(this, { stage, senders, domain: props.domain });
    this.publicUrl = props.publicUrl ?? api.url;
    this.bus = resources.bus.bus;
    this.bodies = resources.bodies;
    const { alarmTopic, warningTopic = alarmTopic } = props;
    this.alarmTopics = alarmTopic && warningTopic && { urgent: alarmTopic, warning: warningTopic };
    const runReplayJobs = new RunReplayJobs(this, resources);
    const runRedeliveryJobs = new RunRedeliveryJobs(this, resources);
    const transform = new Transform(this);
    const dryRunTransform = new DryRunTransform(this);
    const parts: Parts = {
      ...resources,
      version,
      publicUrl: this.publicUrl,
      ownUrls: [...new Set([this.publicUrl, ...api.urls])],
      replayCeiling: props.replayCeiling ?? defaultReplayCeiling,
      dispatchConcurrency: props.dispatchConcurrency ?? defaultDispatchConcurrency,
      tokenReminderDays: props.tokenReminderDays,
      reservedConcurrency: props.reservedConcurrency,
      oidc: props.oidc,
      originDigests: props.originDigests ?? [],
      allowPrivate: props.allowPrivate ?? [],
      runReplayJobs,
      runRedeliveryJobs,
      transform,
      dryRunTransform,
    };

    const functions = this.functionsBehindTheApi(parts, props.console ?? true);
    const [relay, ...readers] = this.functionsBehindStreams(parts);
    this.functionsBehindQueues(parts);
    this.scheduledFunctions(parts);
    this.manager = props.managedConnections ? this.addConnectionManager(parts) : undefined;
    api.serve(functions, this.publicUrl);
    new ExampleRules(this, this.bus, stage, props.exampleTargets ?? []);
    countRejections(this, stage, logOf(this, 'Senders'));
    addGatewayAlarms(this, { stage, ingest: functions.ingest, relay, readers, queues: resources.deliveryQueues });
    sendAlarms(this, this.alarmTopics);
    this.addOutputs(resources);
  }

  /** @throws if the gateway was made without `managedConnections` */
  get connectionManager(): ConnectionManager {
    if (this.manager) return this.manager;
    throw new Error(
      `the gateway ${this.node.path} manages no connections. Set managedConnections: true on it, and deploy its stack first`,
    );
  }

  /**
   * Hands the webhooks of a connection from the bus to a function, a queue or a state machine: makes a rule, a queue of dead letters, and an
   * alarm on it, in the stack of the target. A function gets nothing more than being invoked by the rule.
   *
   * EventBridge tries to reach the target for a day, 185 times at most; then the event is a dead letter. **What a function itself fails on is
   * none**: Lambda repeats it twice, and drops it. If no webhook may be lost, put a queue before the function.
   * @throws an error that names the prop and what is wrong with it
   */
  onWebhook(id: string, props: OnWebhookProps): WebhookConsumer {
    checkConsumer(`${this.node.path}/${id}`, props, this.manager);
    const scope = consumersBeside(props.target, this);
    const consumer = new WebhookConsumer(scope, id, this.bus, props);
    // In the gateway's own stack, they notify its topics already.
    if (this.alarmTopics && scope.node.scope !== this) sendAlarms(consumer, this.alarmTopics);
    return consumer;
  }

  /**
   * Lets code read the bodies that are too large for the bus: `s3:GetObject`, and nothing else. A stored body has its token, if it had one:
   * `docs/bus.md`. Nobody may list the bucket by this, so a body that is gone is "denied", and not "not found".
   * @throws if `connectionId` can't be one
   */
  grantReadBodies(grantee: IGrantable, { connection }: ReadBodiesOptions = {}): Grant {
    if (connection) checkConnectionId(this, connection.connectionId);
    return this.bodies.grantConsumer(grantee, connection?.connectionId);
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

  private functionsBehindTheApi(parts: Parts, hasConsole: boolean): ApiFunctions {
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
      'api-operators': new ApiOperators(this, parts),
      'api-routes': new ApiRoutes(this, parts),
      'api-self-test': new ApiSelfTest(this, parts),
      'serve-files': new ServeFiles(this, { hasConsole }),
    };
  }

  private functionsBehindQueues(parts: Parts): void {
    new Dispatch(this, parts);
    new ParkDeliveries(this, parts);
    new ServeLanes(this, parts);
  }

  private functionsBehindStreams(parts: Parts): [Relay, CountEvents, FollowStateChanges] {
    return [new Relay(this, parts), new CountEvents(this, parts), new FollowStateChanges(this, parts)];
  }

  /** The runners of jobs have a schedule too, but other functions wake them, so they are made before them. */
  private scheduledFunctions(parts: Parts): void {
    new SweepSecrets(this, parts);
    new SweepDeliveries(this, parts);
    new RaiseAlerts(this, parts);
  }

  private addOutputs({ bodies, deadLetters, secrets }: SharedResources): void {
    new CfnOutput(this, 'PublicUrl', { value: this.publicUrl });
    new CfnOutput(this, 'BodiesBucket', { value: bodies.bucket.bucketName });
    new CfnOutput(this, 'BusName', { value: this.bus.eventBusName });
    new CfnOutput(this, 'FailuresBucket', { value: deadLetters.bucket.bucketName });
    new CfnOutput(this, 'BootstrapSecret', { value: secrets.bootstrap.secretArn });
  }
}
