import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { sendAlarms } from './alarms/alarm-topic.ts';
import { alarmWhenLate } from './alarms/late-stream.ts';
import { alarmWhenThrottled } from './alarms/throttled-functions.ts';
import { BodiesBucket } from './bodies-bucket.ts';
import { DeadLetterBucket } from './dead-letter-bucket.ts';
import type { Settings } from './deploy-settings/settings.ts';
import { HooklatchBus } from './event-bus.ts';
import { EventsTable } from './events-table.ts';
import { ExampleRules } from './example-rules.ts';
import { FollowStateChanges } from './follow-state-changes.ts';
import { HooklatchFunction } from './function.ts';
import { HttpApi } from './http-api.ts';
import { JournalTable } from './journal-table.ts';
import { RaiseAlerts } from './raise-alerts.ts';
import { countRejections } from './rejection-metric.ts';
import { Relay } from './relay.ts';
import { RunReplayJobs } from './run-replay-jobs.ts';
import { Secrets } from './secrets.ts';
import { StateTable } from './state-table.ts';
import { consumeStream } from './stream-consumer.ts';
import { SweepSecrets } from './sweep-secrets.ts';

export interface HooklatchStackProps extends StackProps, Settings {
  /** Of the package; /healthz shows it. */
  version: string;
}

/** All of Hooklatch: what exists, and who may do what to it. */
export class HooklatchStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    {
      stage,
      version,
      publicUrl,
      eventShards,
      alarmTarget,
      senders,
      reservedConcurrency,
      exampleTargets,
      replayCeiling,
      ...props
    }: HooklatchStackProps,
  ) {
    super(scope, id, props);
    const state = new StateTable(this, stage);
    const events = new EventsTable(this, stage, eventShards);
    const bodies = new BodiesBucket(this, stage);
    const journal = new JournalTable(this, stage);
    const secrets = new Secrets(this, stage);
    const bus = new HooklatchBus(this, stage);
    const failures = new DeadLetterBucket(this, stage);
    const api = new HttpApi(this, { stage, senders });
    const url = publicUrl ?? api.url;

    // One full vCPU comes at 1769 MB; at 512 the hash and the signature of a call are no longer what a sender waits for.
    const authorize = new HooklatchFunction(this, 'authorize', {
      impact: 'Senders are answered 500 and have to repeat their webhooks: nobody can tell whether they may pass.',
      memorySize: 512,
      reservedConcurrency,
    });
    state.grantRead(authorize);
    secrets.grantReadTokens(authorize);
    journal.grant(authorize, { UpdateItem: ['rejections'] });
    countRejections(authorize, stage);

    const ingest = new HooklatchFunction(this, 'ingest', {
      impact: 'Senders are answered 500 and have to repeat their webhooks: events can not be stored.',
      memorySize: 512,
      reservedConcurrency,
      externalModules: ['@aws-sdk/client-s3', '@aws-sdk/client-lambda'],
    });
    events.grantAppend(ingest);
    bodies.grantPut(ingest);
    secrets.grantReadTokens(ingest);
    ingest.setVariable('publicUrl', url);
    journal.grant(ingest, { UpdateItem: ['rejections', 'use'] });
    countRejections(ingest, stage);

    const handshake = new HooklatchFunction(this, 'store-delivered-secret', {
      impact:
        'Secrets that senders deliver in their handshake are not stored, so such senders can not be set up. Webhooks go on being accepted.',
    });
    state.grantChange(handshake);
    secrets.grantStoreTokens(handshake);
    ingest.setVariable('handshake', handshake.handler.functionName);
    ingest.allow(['lambda:InvokeFunction'], handshake.handler.functionArn);

    const operatorAuthorize = new HooklatchFunction(this, 'authorize-operator', {
      impact: 'Operators are locked out: their tokens can not be checked. Webhooks go on being accepted.',
    });
    state.grantRead(operatorAuthorize);
    secrets.grantReadBootstrap(operatorAuthorize);

    const connections = new HooklatchFunction(this, 'api-connections', {
      impact: 'Operators can not open, list, edit or delete connections. Webhooks go on being accepted.',
    });
    state.grantManage(connections);
    journal.grant(connections, { Query: ['use', 'count', 'rejections', 'late'] });
    // How many events are held.
    events.grantList(connections);
    connections.setVariable('publicUrl', url);
    connections.setVariable('version', version);

    const lifecycle = new HooklatchFunction(this, 'api-endpoint', {
      impact:
        'Operators can not configure, activate or deactivate endpoints or change tokens. Webhooks go on being accepted.',
    });
    state.grantChange(lifecycle);
    // Who deconfigures a held endpoint is told how much would be lost.
    events.grantList(lifecycle);
    secrets.grantChangeTokens(lifecycle);
    // Every verb answers with the whole record, last uses included.
    journal.grant(lifecycle, { Query: ['use'] });
    lifecycle.setVariable('publicUrl', url);

    const eventsReader = new HooklatchFunction(this, 'api-events', {
      impact: 'Operators can not see or replay events. Webhooks go on being accepted and stored.',
    });
    state.grantRead(eventsReader);
    events.grantReplay(eventsReader);
    bodies.grantGet(eventsReader);
    journal.grant(eventsReader, {
      Query: ['runs', 'run', 'relay'],
      GetItem: ['runs', 'run', 'given_up'],
      PutItem: ['runs'],
      UpdateItem: ['runs'],
    });
    eventsReader.setVariable('replayCeiling', String(replayCeiling));
    const runner = new RunReplayJobs(this, { state, events, journal });
    runner.grantWake(eventsReader);

    new Relay(this, { stage, state, events, journal, bodies, bus, failures });
    if (exampleTargets.length > 0) new ExampleRules(this, bus.bus, stage, exampleTargets);

    new FollowStateChanges(this, { stage, state, journal, secrets, bus, failures, runner });

    const tally = new HooklatchFunction(this, 'count-events', {
      impact:
        'Operators see too few events in the statistics, and tokens as unused that are. Webhooks go on being accepted.',
      timeout: Duration.minutes(1),
    });
    journal.grant(tally, { UpdateItem: ['count', 'use', 'late'] });
    // Nobody waits for a count, and the more events it is of, the less it costs.
    consumeStream(tally, events.table, {
      changes: ['INSERT', 'MODIFY'],
      failures,
      batchSize: 1000,
      window: Duration.seconds(2),
    });
    alarmWhenLate(tally, 'Operators see too few events in the statistics, and tokens as unused that are');

    new SweepSecrets(this, { state, secrets });
    new RaiseAlerts(this, { state, journal, bus });

    const journalReader = new HooklatchFunction(this, 'api-history-and-rejections', {
      impact:
        'Operators can not see the history and why webhooks were refused. Webhooks go on being accepted and refused.',
    });
    state.grantRead(journalReader);
    journal.grant(journalReader, { Query: ['history', 'rejections'] });

    const selfTest = new HooklatchFunction(this, 'api-self-test', {
      impact: 'Operators can not test endpoints. Webhooks go on being accepted.',
      // It waits for the public URL, and for the bus.
      timeout: Duration.seconds(25),
    });
    state.grantChange(selfTest);
    secrets.grantReadTokens(selfTest);
    events.grantGet(selfTest);
    journal.grant(selfTest, { GetItem: ['test'] });
    selfTest.setVariable('publicUrl', url);

    api.serve({
      authorize,
      ingest,
      'authorize-operator': operatorAuthorize,
      'api-connections': connections,
      'api-endpoint': lifecycle,
      'api-events': eventsReader,
      'api-history-and-rejections': journalReader,
      'api-self-test': selfTest,
    });
    alarmWhenThrottled(this, [authorize, ingest, operatorAuthorize]);
    sendAlarms(this, stage, alarmTarget);
    new CfnOutput(this, 'PublicUrl', { value: url });
    new CfnOutput(this, 'BodiesBucket', { value: bodies.bucket.bucketName });
    new CfnOutput(this, 'BusName', { value: bus.bus.eventBusName });
    new CfnOutput(this, 'FailuresBucket', { value: failures.bucket.bucketName });
    new CfnOutput(this, 'BootstrapSecret', { value: secrets.bootstrap.secretArn });
  }
}
