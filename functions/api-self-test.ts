/**
 * Wakes up for operators' requests to test an endpoint: sends a delivery through the public URL, as the sender would, and
 * reports each step. It goes through every check that the sender's own deliveries go through.
 */
import { setTimeout as wait } from 'node:timers/promises';
import {
  digestReader,
  secretReader,
  secretsManager,
  signingSecretReader,
} from '../shared/endpoints/credential/secret-store.ts';
import { stateTable } from '../shared/endpoints/endpoint/state-table.ts';
import { certificateReader } from '../shared/endpoints/signature/certificate-reader.ts';
import { bodyStore } from '../shared/events/event/body-store.ts';
import { eventTable } from '../shared/events/event/event-table.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, listFromEnvironment, numberFromEnvironment } from '../shared/ground/aws/environment.ts';
import { httpHandler } from '../shared/ground/aws/http-handler.ts';
import { log } from '../shared/ground/aws/logger.ts';
import { etagOf } from '../shared/operators/api/connection-answer.ts';
import { operatorApi, type RouteHandlers } from '../shared/operators/api/operator-api.ts';
import { selfTestTable } from '../shared/operators/journal/self-test-table.ts';
import { type SelfTestPorts, testEndpoint } from '../shared/operators/operation/self-test.ts';

export const apiSelfTest = (deps: SelfTestPorts): RouteHandlers<'api-self-test'> => ({
  'POST /v1/connections/{name}/endpoint/test': async (call) => {
    const { connection, result } = await testEndpoint({ ...call.params, ...call.body }, call, deps);
    return { status: 200, body: result, headers: { etag: etagOf(connection) } };
  },
});

const lambdaDeps = (): SelfTestPorts => {
  const client = dynamodb();
  const secrets = secretsManager();
  return {
    store: stateTable(client, fromEnvironment('STATE_TABLE')),
    events: eventTable(client, fromEnvironment('EVENTS_TABLE'), numberFromEnvironment('EVENT_SHARDS')),
    readBody: bodyStore(fromEnvironment('BODIES_BUCKET')).read,
    tests: selfTestTable(client, fromEnvironment('JOURNAL_TABLE')),
    secretStore: secretReader(secrets),
    readDigest: digestReader(secrets),
    readSigningSecret: signingSecretReader(secrets),
    certificate: certificateReader({ fetch, now: () => new Date(), log }),
    publicUrl: fromEnvironment('PUBLIC_URL'),
    checksOrigin: listFromEnvironment('ORIGIN_DIGESTS').length > 0,
    fetch,
    clock: () => performance.now(),
    wait,
  };
};

export const handler = httpHandler(operatorApi(apiSelfTest(lambdaDeps())));
