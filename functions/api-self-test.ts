/**
 * Wakes up for operators' requests to test an endpoint: sends a delivery through the public URL, as the sender would, and
 * reports each step. It goes through every check that the sender's own deliveries go through.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { etagOf } from '../shared/api/connection-answer.ts';
import { operatorApi, type RouteHandlers } from '../shared/api/operator-api.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, listFromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { log } from '../shared/aws/logger.ts';
import { digestReader, secretReader, secretsManager, signingSecretReader } from '../shared/credential/secret-store.ts';
import { stateTable } from '../shared/endpoint/state-table.ts';
import { bodyStore } from '../shared/event/body-store.ts';
import { eventTable } from '../shared/event/event-table.ts';
import { selfTestTable } from '../shared/journal/self-test-table.ts';
import { type SelfTestPorts, testEndpoint } from '../shared/operation/self-test.ts';
import { certificateReader } from '../shared/signature/certificate-reader.ts';

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
    store: stateTable(client, fromEnvironment('stateTable')),
    events: eventTable(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    readBody: bodyStore(fromEnvironment('bodiesBucket')).read,
    tests: selfTestTable(client, fromEnvironment('journalTable')),
    secretStore: secretReader(secrets),
    readDigest: digestReader(secrets),
    readSigningSecret: signingSecretReader(secrets),
    certificate: certificateReader({ fetch, now: () => new Date(), log }),
    publicUrl: fromEnvironment('publicUrl'),
    checksOrigin: listFromEnvironment('originDigests').length > 0,
    fetch,
    clock: () => performance.now(),
    wait,
  };
};

export const handler = httpHandler(operatorApi(apiSelfTest(lambdaDeps())));
