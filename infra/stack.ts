import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { sendAlarms } from './alarms/alarm-topic.ts';
import { alarmOnThrottledFunctions } from './alarms/throttled-functions.ts';
import { ApiConnections } from './api-connections.ts';
import { ApiEndpoint } from './api-endpoint.ts';
import { ApiEvents } from './api-events.ts';
import { ApiHistoryAndRejections } from './api-history-and-rejections.ts';
import { ApiOperators } from './api-operators.ts';
import { ApiSelfTest } from './api-self-test.ts';
import { Authorize } from './authorize.ts';
import { AuthorizeOperator } from './authorize-operator.ts';
import { CountEvents } from './count-events.ts';
import type { Settings } from './deploy-settings/settings.ts';
import { ExampleRules } from './example-rules.ts';
import { FollowStateChanges } from './follow-state-changes.ts';
import { type ApiFunctions, HttpApi } from './http-api.ts';
import { Ingest } from './ingest.ts';
import { RaiseAlerts } from './raise-alerts.ts';
import { Relay } from './relay.ts';
import { RunReplayJobs } from './run-replay-jobs.ts';
import { makeSharedResources, type SharedResources } from './shared-resources.ts';
import { StoreDeliveredSecret } from './store-delivered-secret.ts';
import { SweepSecrets } from './sweep-secrets.ts';

export interface HooklatchStackProps extends StackProps, Settings {
  /** The package's version, which /healthz shows. */
  version: string;
}

/** The arguments of the functions' constructors. */
type Parts = SharedResources &
  Pick<HooklatchStackProps, 'version' | 'reservedConcurrency' | 'replayCeiling'> & {
    publicUrl: string;
    runReplayJobs: RunReplayJobs;
  };

/**
 * All of Hooklatch: its resources, and each function's rights on them. Each function has two files of the same name.
 * The file in `functions/` is its code, and the file here lists its rights.
 */
export class HooklatchStack extends Stack {
  constructor(scope: Construct, id: string, props: HooklatchStackProps) {
    super(scope, id, props);
    const { stage, senders } = props;
    const resources = makeSharedResources(this, stage, props.eventShards);
    const api = new HttpApi(this, { stage, senders });
    const publicUrl = props.publicUrl ?? api.url;
    const runReplayJobs = new RunReplayJobs(this, resources);
    const parts = { ...props, ...resources, publicUrl, runReplayJobs };

    const functions = this.functionsBehindTheApi(parts);
    this.addFunctionsBehindStreams(parts);
    this.addScheduledFunctions(parts);
    api.serve(functions);
    new ExampleRules(this, resources.bus.bus, stage, props.exampleTargets);
    alarmOnThrottledFunctions(this, [functions.authorize, functions.ingest, functions['authorize-operator']]);
    sendAlarms(this, stage, props.alarmTarget);
    this.addOutputs(resources, publicUrl);
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
    };
  }

  private addFunctionsBehindStreams(parts: Parts): void {
    new Relay(this, parts);
    new CountEvents(this, parts);
    new FollowStateChanges(this, parts);
  }

  /** `RunReplayJobs` has a schedule too, but other functions wake it, so it is made before them. */
  private addScheduledFunctions(parts: Parts): void {
    new SweepSecrets(this, parts);
    new RaiseAlerts(this, parts);
  }

  private addOutputs({ bodies, bus, deadLetters, secrets }: SharedResources, publicUrl: string): void {
    new CfnOutput(this, 'PublicUrl', { value: publicUrl });
    new CfnOutput(this, 'BodiesBucket', { value: bodies.bucket.bucketName });
    new CfnOutput(this, 'BusName', { value: bus.bus.eventBusName });
    new CfnOutput(this, 'FailuresBucket', { value: deadLetters.bucket.bucketName });
    new CfnOutput(this, 'BootstrapSecret', { value: secrets.bootstrap.secretArn });
  }
}
