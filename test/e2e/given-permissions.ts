/** Steps for tests of the functions' permissions: which there are, and which calls need each. */
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { DeleteSecretCommand, UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { expect } from '@jest/globals';
import type { AwsCall } from '../../local/aws/local-aws.ts';
import type { Template } from '../../local/cloudformation/template.ts';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { isFinished } from '../../shared/deliveries/destination/destination.ts';
import { destinationSecrets } from '../../shared/deliveries/destination/destination-secret.ts';
import { destinationTable } from '../../shared/deliveries/destination/destination-table.ts';
import { newRedelivery } from '../../shared/deliveries/dispatch/redelivery-job.ts';
import { redeliveryTable } from '../../shared/deliveries/dispatch/redelivery-table.ts';
import { secretTags } from '../../shared/endpoints/endpoint/deployment-id.ts';
import { stateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import { defaultShards, eventIndex, eventTable } from '../../shared/events/event/event-table.ts';
import { newReplay } from '../../shared/events/event/replay-job.ts';
import { replayJobTable } from '../../shared/events/event/replay-job-table.ts';
import { republisher } from '../../shared/events/event/republish.ts';
import { stateIndex } from '../../shared/ground/aws/versioned-item.ts';
import type { Received } from '../local/http-client.ts';
import {
  type ActiveEndpoint,
  anActiveEndpoint,
  aRuntime,
  bearer,
  bucketOf,
  deliver,
  ok,
  tableOf,
  type World,
} from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { crashing, depsOn, perform, steps } from './given-crash.ts';
import { bodyKeyOf } from './given-events.ts';
import { aStoredEvent } from './given-runs.ts';

export const folder = mkdtempSync(join(tmpdir(), 'hooklatch-rights-'));
export const base = join(folder, 'base');
let live: ActiveEndpoint;
let eventId: string;
/** Signed as GitHub does, which never expires. */
let signedDelivery: { path: string; headers: Record<string, string>; body: string };
/** The paths of endpoints whose sender may deliver its secret: one without a secret, and one with two. */
let secretless: string;
let rotated: string;
/** Events with a large body: one can be read, the other is missing in the bucket. */
let largeId: string;
let lostId: string;
/** A connection whose rule sends nothing, because its transform leaves nothing. Its events are those above once more. */
let routed: ActiveEndpoint;
let routedIds: Record<'small' | 'large' | 'lost', string>;
/** The delivery of the small one, which has ended. */
let deliveryId: string;
/** A redelivery of many, which has ended. */
let redeliveryId: string;
let runId: string;
const range = { from: '2026-01-01T00:00:00Z', to: new Date().toISOString(), ratePerSecond: 1 };

/** An expected error status counts as a success. */
async function expected(status: number, answering: Promise<Received>): Promise<Received> {
  const answer = await answering;
  return answer.status === status ? { ...answer, status: 200 } : answer;
}

/** A destination on this machine where nobody listens. */
const nobody = { url: 'http://127.0.0.1:1099/' };

/**
 * One call for each use of a permission. `live` delivers, `ready` has a token and was never active, `bare` has no
 * token.
 */
export const calls = {
  deliver: ({ runtime }) => {
    const url = `${runtime.url}${new URL(live.url).pathname}`;
    return deliver(url, { headers: bearer(live.token), body: '{}' });
  },
  /** A delivery that is already stored. */
  repeat: ({ runtime }) => {
    const url = `${runtime.url}${new URL(live.url).pathname}`;
    return deliver(url, { headers: { ...bearer(live.token), 'x-delivery': 'first' }, body: '{}' });
  },
  deliverLarge: ({ runtime }) => {
    const url = `${runtime.url}${new URL(live.url).pathname}`;
    return deliver(url, { headers: bearer(live.token), body: Buffer.alloc(300_000) });
  },
  deliverSigned: ({ runtime }) => {
    const { path, headers, body } = signedDelivery;
    return deliver(`${runtime.url}${path}`, { headers, body });
  },
  firstSecret: ({ runtime }) => deliver(runtime.url + secretless, { headers: { 'x-hook-secret': 'a-first-secret' } }),
  nextSecret: ({ runtime }) => deliver(runtime.url + rotated, { headers: { 'x-hook-secret': 'the-next-secret' } }),
  /** Refused by the authorizer, as it should be. */
  refuse: ({ runtime }) =>
    expected(403, deliver(`${runtime.url}${new URL(live.url).pathname}`, { headers: bearer('a wrong token') })),
  /** Refused by ingest. */
  object: ({ runtime }) => {
    const url = `${runtime.url}${new URL(live.url).pathname}`;
    return expected(405, deliver(url, { method: 'GET', headers: bearer(live.token) }));
  },
  list: ({ api }) => api('GET', '/v1/connections'),
  connectionStats: ({ api }) => api('GET', `${live.path}/stats`),
  allStats: ({ api }) => api('GET', '/v1/stats?by=day'),
  allJobs: ({ api }) => api('GET', '/v1/jobs'),
  stats: ({ api }) => api('GET', '/v1/connections?include=stats'),
  open: ({ api }) => api('POST', '/v1/connections', { name: 'another' }),
  read: ({ api }) => api('GET', live.path),
  readHeld: ({ api }) => api('GET', '/v1/connections/held'),
  edit: ({ api }) => api('PATCH', live.path, { description: 'edited' }),
  remove: ({ api }) => api('DELETE', '/v1/connections/spare'),
  generate: ({ api }) => api('POST', '/v1/connections/bare/endpoint/token', {}),
  reveal: ({ api }) => api('GET', '/v1/connections/ready/endpoint/token'),
  activate: ({ api }) => api('POST', '/v1/connections/ready/endpoint/activate'),
  rotate: ({ api }) => api('POST', '/v1/connections/ready/endpoint/token/rotate', {}),
  // A label that did not move makes the next rotation fail.
  rotateAgain: ({ api }) => api('POST', '/v1/connections/ready/endpoint/token/rotate', { force: true }),
  changeAuth: ({ api }) =>
    api('PUT', '/v1/connections/ready/endpoint', { auth: { kind: 'token' }, values: { force: true } }),
  /** Refused, with the amount that would be lost. */
  lose: async ({ api }) => {
    const answer = await api('DELETE', '/v1/connections/held/endpoint');
    return answer.status === 409 ? { ...answer, status: 200 } : answer;
  },
  events: ({ api }) => api('GET', `${live.path}/events`),
  event: ({ api }) => api('GET', `${live.path}/events/${eventId}`),
  timeline: ({ api }) => api('GET', `${live.path}/events/${eventId}/timeline`),
  largeEvent: ({ api }) => api('GET', `${live.path}/events/${largeId}`),
  // Succeeds only if S3 reports that the body is missing. A caller that may not list the bucket is denied instead.
  lostEvent: async ({ api }) => {
    const answer = await api('GET', `${live.path}/events/${lostId}`);
    return answer.json()['code'] === 'body_missing' ? { ...answer, status: 200 } : answer;
  },
  history: ({ api }) => api('GET', `${live.path}/history`),
  rejections: ({ api }) => api('GET', `${live.path}/rejections`),
  replay: ({ api }) => api('POST', `${live.path}/events/${eventId}/replay`),
  replayMany: ({ api }) => api('POST', '/v1/connections/ready/replays', range),
  listReplays: ({ api }) => api('GET', `${live.path}/replays`),
  progress: ({ api }) => api('GET', `${live.path}/replays/${runId}`),
  cancel: ({ api }) => api('DELETE', `${live.path}/replays/${runId}`),
  selfTest: ({ api }) => api('POST', '/v1/connections/signed/endpoint/test', { publish: true }),
  sendLarge: ({ api }) => api('POST', `${live.path}/endpoint/test`, { eventId: largeId }),
  /** Succeeds only if S3 reports that the body is missing. */
  sendLost: async ({ api }) => {
    const answer = await api('POST', `${live.path}/endpoint/test`, { eventId: lostId });
    return answer.json()['code'] === 'body_missing' ? { ...answer, status: 200 } : answer;
  },
  listDestinations: ({ api }) => api('GET', '/v1/destinations'),
  createDestination: ({ api }) => api('POST', '/v1/destinations', { ...nobody, name: 'shop' }),
  readDestination: ({ api }) => api('GET', '/v1/destinations/kept'),
  editDestination: ({ api }) => api('PATCH', '/v1/destinations/kept', { headers: { 'x-team': 'payments' } }),
  pauseDestination: ({ api }) => api('POST', '/v1/destinations/kept/pause', {}),
  resumeDestination: ({ api }) => api('POST', '/v1/destinations/kept/resume', {}),
  attemptWaiting: ({ api }) => api('POST', '/v1/destinations/kept/attempt', {}),
  // A label that did not move makes the next rotation fail.
  rotateSecret: ({ api }) => api('POST', '/v1/destinations/kept/secret/rotate', { force: true }),
  testDestination: ({ api }) => api('POST', '/v1/destinations/kept/test', {}),
  destinationHistory: ({ api }) => api('GET', '/v1/destinations/kept/history'),
  removeDestination: ({ api }) => api('DELETE', '/v1/destinations/spare'),
  readRoutes: ({ api }) => api('GET', `${live.path}/routes`),
  setRoutes: ({ api }) => api('PUT', `${live.path}/routes`, { rules: [{ id: 'all', transform: 'data', to: 'kept' }] }),
  /** Of an event with a large body, by a rule with an expression. */
  testRoutes: ({ api }) => {
    const routes = { rules: [{ id: 'all', transform: 'type', to: 'kept' }] };
    return api('POST', `${live.path}/routes/test`, { eventId: largeId, routes });
  },
  testRoutesOnLost: async ({ api }) => {
    const answer = await api('POST', `${live.path}/routes/test`, { eventId: lostId });
    return answer.json()['code'] === 'body_missing' ? { ...answer, status: 200 } : answer;
  },
  eventDeliveries: ({ api }) => api('GET', `${routed.path}/events/${routedIds.small}/deliveries`),
  largeEventDeliveries: ({ api }) => api('GET', `${routed.path}/events/${routedIds.large}/deliveries`),
  // Succeeds only if S3 reports that the body is missing.
  lostEventDeliveries: ({ api }) => api('GET', `${routed.path}/events/${routedIds.lost}/deliveries`),
  destinationDeliveries: ({ api }) => api('GET', '/v1/destinations/unsent/deliveries'),
  waitingDeliveries: ({ api }) => api('GET', '/v1/destinations/unsent/deliveries?status=waiting'),
  destinationHealth: ({ api }) => api('GET', '/v1/destinations/unsent/health'),
  readDelivery: ({ api }) => api('GET', `/v1/deliveries/${deliveryId}`),
  /** Its transform leaves nothing, which is told. */
  remakeMessage: ({ api }) => api('GET', `/v1/deliveries/${deliveryId}?include=message`),
  /** Refused, because it has ended. */
  attemptDelivery: ({ api }) => expected(409, api('POST', `/v1/deliveries/${deliveryId}/attempt`, {})),
  redeliver: ({ api }) => api('POST', `/v1/deliveries/${deliveryId}/redeliver`, {}),
  planRedelivery: ({ api }) =>
    api('POST', '/v1/destinations/unsent/redeliveries', { ...range, statuses: ['delivered'], dryRun: true }),
  redeliverMany: ({ api }) => api('POST', '/v1/destinations/kept/redeliveries', range),
  listRedeliveries: ({ api }) => api('GET', '/v1/destinations/unsent/redeliveries'),
  readRedelivery: ({ api }) => api('GET', `/v1/destinations/unsent/redeliveries/${redeliveryId}`),
  cancelRedelivery: ({ api }) => api('DELETE', `/v1/destinations/unsent/redeliveries/${redeliveryId}`),
} satisfies Record<string, (world: World) => Promise<Received>>;
export type Name = keyof typeof calls;

const ofTokenSenders: Name[] = ['deliver', 'repeat', 'deliverLarge', 'refuse', 'object'];
const ofSecrets: Name[] = ['firstSecret', 'nextSecret'];
export const ofSending: Name[] = [...ofTokenSenders, 'deliverSigned', ...ofSecrets];
const ofReading: Name[] = ['events', 'event', 'timeline', 'largeEvent', 'lostEvent'];
const ofOperators = (Object.keys(calls) as Name[]).filter((name) => !ofSending.includes(name));
/** Requests that are answered from the Journal of a connection. */
const ofJournals: Name[] = ['history', 'rejections', 'connectionStats'];
const ofReplays: Name[] = ['replay', 'replayMany', 'listReplays', 'progress', 'cancel'];
const ofTokens: Name[] = ['generate', 'reveal', 'activate', 'rotate', 'rotateAgain', 'changeAuth'];

/** Those that change a value, and those that read a record. */
const ofValues: Name[] = ['editDestination', 'rotateSecret'];
const ofRecords: Name[] = [
  ...ofValues,
  ...(['pauseDestination', 'resumeDestination', 'attemptWaiting'] as const),
  ...(['createDestination', 'readDestination', 'testDestination', 'destinationHistory', 'removeDestination'] as const),
];
const ofDestinationCalls: Name[] = ['listDestinations', ...ofRecords];
const ofRouteTests: Name[] = ['testRoutes', 'testRoutesOnLost'];
const ofRouteCalls: Name[] = ['readRoutes', 'setRoutes', ...ofRouteTests];
const ofLargeEvents: Name[] = ['largeEventDeliveries', 'lostEventDeliveries'];
const ofEventDeliveries: Name[] = ['eventDeliveries', ...ofLargeEvents];
const ofDestinationDeliveries: Name[] = ['destinationDeliveries', 'waitingDeliveries', 'destinationHealth'];
const ofOneRedelivery: Name[] = ['readRedelivery', 'cancelRedelivery'];
const ofRedeliveries: Name[] = ['planRedelivery', 'redeliverMany', 'listRedeliveries', ...ofOneRedelivery];
const ofDeliveryCalls: Name[] = [
  ...ofEventDeliveries,
  ...ofDestinationDeliveries,
  ...(['readDelivery', 'remakeMessage', 'attemptDelivery', 'redeliver'] as const),
  ...ofRedeliveries,
];

/**
 * A function's permission that the test removes, and the calls that then fail. The permission is an action on a resource, which a part of its
 * name stands for. The name of a table stands for no index of it: an index has its own.
 */
type Right = [name: string, action: string, resource: string, failing: Name[]];

export const ofOperatorAuthorize: Right[] = [
  ['authorize-operator', 'dynamodb:GetItem', 'State', ofOperators],
  ['authorize-operator', 'secretsmanager:GetSecretValue', 'Bootstrap', ofOperators],
];
const ofSenders: Right[] = [
  ['authorize', 'dynamodb:GetItem', 'State', ofSending],
  ['ingest', 'lambda:InvokeFunction', 'storedeliveredsecret', ofSecrets],
  ['authorize', 'secretsmanager:GetSecretValue', 'endpoint', ofTokenSenders],
  ['ingest', 'dynamodb:GetItem', 'Events', ['repeat']],
  ['ingest', 's3:PutObject', 'Bodies', ['deliverLarge']],
  ['ingest', 'secretsmanager:GetSecretValue', 'endpoint', ['deliverSigned']],
  ['ingest', 'dynamodb:PutItem', 'Events', ['deliver', 'repeat', 'deliverLarge', 'deliverSigned']],
  // An uncounted rejection does not change any answer.
  ['authorize', 'dynamodb:UpdateItem', 'Journal', []],
  ['ingest', 'dynamodb:UpdateItem', 'Journal', []],
];
const ofHandshake: Right[] = [
  ['store-delivered-secret', 'dynamodb:GetItem', 'State', ofSecrets],
  ['store-delivered-secret', 'dynamodb:PutItem', 'State', ofSecrets],
  ['store-delivered-secret', 'secretsmanager:CreateSecret', 'endpoint', ['firstSecret']],
  ['store-delivered-secret', 'secretsmanager:TagResource', 'endpoint', ['firstSecret']],
  ['store-delivered-secret', 'secretsmanager:DescribeSecret', 'endpoint', ['nextSecret']],
  ['store-delivered-secret', 'secretsmanager:UpdateSecretVersionStage', 'endpoint', ['nextSecret']],
  ['store-delivered-secret', 'secretsmanager:PutSecretValue', 'endpoint', ['nextSecret']],
];
const ofSelfTests: Name[] = ['selfTest', 'sendLarge', 'sendLost'];
const ofSelfTest: Right[] = [
  ['api-self-test', 'dynamodb:GetItem', 'State', ofSelfTests],
  ['api-self-test', 'dynamodb:PutItem', 'State', ['selfTest', 'sendLarge']],
  ['api-self-test', 'secretsmanager:GetSecretValue', 'endpoint', ['selfTest', 'sendLarge']],
  ['api-self-test', 'dynamodb:GetItem', 'Events', ofSelfTests],
  ['api-self-test', 'dynamodb:GetItem', 'Journal', ['selfTest']],
  ['api-self-test', 's3:GetObject', 'Bodies', ['sendLarge', 'sendLost']],
  ['api-self-test', 's3:ListBucket', 'Bodies', ['sendLost']],
];
const ofConnections: Right[] = [
  ['api-connections', 'dynamodb:GetItem', 'State', ['read', 'readHeld', 'edit', 'remove']],
  ['api-connections', 'dynamodb:PutItem', 'State', ['open', 'edit', 'remove']],
  ['api-connections', 'dynamodb:DeleteItem', 'State', ['remove']],
  ['api-connections', 'dynamodb:Query', stateIndex, ['list', 'stats']],
  // The edit is complete by then, and its answer leaves out the last uses.
  ['api-connections', 'dynamodb:Query', 'Journal', ['stats', 'read', 'readHeld']],
  ['api-connections', 'dynamodb:BatchGetItem', 'Journal', ['stats']],
  ['api-connections', 'dynamodb:Query', eventIndex, ['readHeld']],
];
const ofLifecycle: Right[] = [
  ['api-endpoint', 'dynamodb:GetItem', 'State', [...ofTokens, 'lose']],
  ['api-endpoint', 'dynamodb:PutItem', 'State', ofTokens],
  ['api-endpoint', 'dynamodb:Query', eventIndex, ['lose']],
  // The verb is complete by then, and its answer leaves out the last uses.
  ['api-endpoint', 'dynamodb:Query', 'Journal', []],
  ['api-endpoint', 'secretsmanager:CreateSecret', 'endpoint', ['generate']],
  ['api-endpoint', 'secretsmanager:TagResource', 'endpoint', ['generate']],
  ['api-endpoint', 'secretsmanager:DescribeSecret', 'endpoint', ['rotate', 'rotateAgain', 'changeAuth']],
  ['api-endpoint', 'secretsmanager:GetSecretValue', 'endpoint', ['reveal', 'rotate', 'rotateAgain', 'changeAuth']],
  ['api-endpoint', 'secretsmanager:PutSecretValue', 'endpoint', ['rotate', 'rotateAgain', 'changeAuth']],
  ['api-endpoint', 'secretsmanager:UpdateSecretVersionStage', 'endpoint', ['rotateAgain', 'changeAuth']],
];
const ofDestinations: Right[] = [
  ['api-destinations', 'dynamodb:GetItem', 'State', ofRecords],
  // A destination that could not be paused is not paused, so its resumption writes nothing.
  [
    ...(['api-destinations', 'dynamodb:PutItem', 'State'] as const),
    [...ofValues, 'pauseDestination', 'attemptWaiting', 'createDestination', 'removeDestination'],
  ],
  ['api-destinations', 'dynamodb:DeleteItem', 'State', ['removeDestination']],
  ['api-destinations', 'dynamodb:Query', stateIndex, ['listDestinations']],
  ['api-destinations', 'dynamodb:Query', 'Journal', ['destinationHistory']],
  ['api-destinations', 'secretsmanager:CreateSecret', 'destination', ['createDestination']],
  ['api-destinations', 'secretsmanager:TagResource', 'destination', ['createDestination']],
  ['api-destinations', 'secretsmanager:DescribeSecret', 'destination', ofValues],
  ['api-destinations', 'secretsmanager:GetSecretValue', 'destination', [...ofValues, 'testDestination']],
  ['api-destinations', 'secretsmanager:PutSecretValue', 'destination', ofValues],
  ['api-destinations', 'secretsmanager:UpdateSecretVersionStage', 'destination', ['rotateSecret']],
];
const ofRoutes: Right[] = [
  ['api-routes', 'dynamodb:GetItem', 'State', ofRouteCalls],
  ['api-routes', 'dynamodb:GetItem', 'Events', ofRouteTests],
  ['api-routes', 's3:GetObject', 'Bodies', ofRouteTests],
  ['api-routes', 's3:ListBucket', 'Bodies', ['testRoutesOnLost']],
  ['api-routes', 'dynamodb:PutItem', 'State', ['setRoutes']],
  ['api-routes', 'dynamodb:UpdateItem', 'State', ['setRoutes']],
  ['api-routes', 'lambda:InvokeFunction', 'dryruntransform', ['setRoutes', 'testRoutes']],
];
const ofEvents: Right[] = [
  ['api-events', 'dynamodb:GetItem', 'State', [...ofReading, ...ofReplays, ...ofJournals]],
  ['api-events', 'dynamodb:GetItem', 'Events', ['event', 'timeline', 'largeEvent', 'lostEvent']],
  ['api-events', 'dynamodb:Query', eventIndex, ['events', 'replayMany']],
  ['api-events', 's3:GetObject', 'Bodies', ['largeEvent', 'lostEvent']],
  ['api-events', 's3:ListBucket', 'Bodies', ['lostEvent']],
  ['api-events', 'dynamodb:UpdateItem', 'Events', ['replay']],
  [
    ...(['api-events', 'dynamodb:Query', 'Journal'] as const),
    ['event', 'timeline', 'largeEvent', 'listReplays', ...ofJournals, 'allStats', 'allJobs'],
  ],
  ['api-events', 'dynamodb:Query', 'Deliveries', ['timeline']],
  ['api-events', 'dynamodb:GetItem', 'Journal', ['event', 'timeline', 'largeEvent', 'progress', 'cancel']],
  ['api-events', 'dynamodb:PutItem', 'Journal', ['replayMany']],
  ['api-events', 'dynamodb:UpdateItem', 'Journal', ['cancel']],
  // The schedule starts the replay jobs every minute anyway.
  ['api-events', 'lambda:InvokeFunction', 'runreplayjobs', []],
];
const ofDeliveries: Right[] = [
  [
    ...(['api-deliveries', 'dynamodb:GetItem', 'State'] as const),
    [
      ...ofEventDeliveries,
      ...ofDestinationDeliveries,
      'remakeMessage',
      'attemptDelivery',
      'redeliver',
      ...ofRedeliveries,
    ],
  ],
  ['api-deliveries', 'dynamodb:GetItem', 'Events', [...ofEventDeliveries, 'remakeMessage']],
  ['api-deliveries', 's3:GetObject', 'Bodies', ofLargeEvents],
  ['api-deliveries', 's3:ListBucket', 'Bodies', ['lostEventDeliveries']],
  [
    ...(['api-deliveries', 'dynamodb:GetItem', 'Deliveries'] as const),
    ['destinationHealth', 'readDelivery', 'remakeMessage', 'attemptDelivery', 'redeliver'],
  ],
  ['api-deliveries', 'dynamodb:PutItem', 'Deliveries', ['attemptDelivery', 'redeliver']],
  ['api-deliveries', 'dynamodb:Query', 'Deliveries', [...ofEventDeliveries, 'readDelivery', 'remakeMessage']],
  ['api-deliveries', 'dynamodb:Query', 'byDestination', ['destinationDeliveries', 'planRedelivery']],
  ['api-deliveries', 'dynamodb:Query', 'byState', ['waitingDeliveries', 'destinationHealth', 'redeliverMany']],
  // What the queue does not take is sent by the sweep.
  ['api-deliveries', 'sqs:SendMessage', 'DispatchQueue', []],
  ['api-deliveries', 'dynamodb:Query', 'Journal', ['listRedeliveries']],
  ['api-deliveries', 'dynamodb:GetItem', 'Journal', ofOneRedelivery],
  ['api-deliveries', 'dynamodb:PutItem', 'Journal', ['redeliverMany']],
  ['api-deliveries', 'dynamodb:UpdateItem', 'Journal', ['cancelRedelivery']],
  ['api-deliveries', 'lambda:InvokeFunction', 'dryruntransform', ['remakeMessage']],
  // The schedule starts the jobs every minute anyway.
  ['api-deliveries', 'lambda:InvokeFunction', 'runredeliveryjobs', []],
];
/** Background work does not make a caller's request fail. */
export const ofRelay: Right[] = [
  ['relay', 'dynamodb:GetItem', 'State', []],
  ['relay', 'events:PutEvents', 'Bus', []],
  ['relay', 'dynamodb:Query', 'Journal', []],
  ['relay', 'dynamodb:UpdateItem', 'Journal', []],
  ['relay', 'dynamodb:DeleteItem', 'Journal', []],
];
/** What an attempt at a delivery needs. */
const ofAttempts = (name: string): Right[] => [
  [name, 'dynamodb:GetItem', 'State', []],
  [name, 'dynamodb:GetItem', 'Events', []],
  [name, 's3:GetObject', 'Bodies', []],
  [name, 's3:ListBucket', 'Bodies', []],
  [name, 'secretsmanager:GetSecretValue', 'destination', []],
  [name, 'dynamodb:GetItem', 'Deliveries', []],
  [name, 'dynamodb:PutItem', 'Deliveries', []],
  [name, 'lambda:InvokeFunction', 'transform', []],
  [name, 'dynamodb:UpdateItem', 'Journal', []],
];
/** Permissions on the way of a webhook to its destinations. `sendEverything` uses them. */
export const ofSendingOn: Right[] = [
  ['relay', 'sqs:SendMessage', 'DispatchQueue', []],
  ['relay', 'dynamodb:GetItem', 'Deliveries', []],
  ['relay', 'dynamodb:PutItem', 'Deliveries', []],
  ...ofAttempts('dispatch'),
  ['dispatch', 'dynamodb:DeleteItem', 'Deliveries', []],
  ['dispatch', 'sqs:SendMessage', 'DispatchQueue', []],
  ['dispatch', 'sqs:SendMessage', 'OverflowQueue', []],
  ['park-deliveries', 'dynamodb:GetItem', 'State', []],
  ['park-deliveries', 'dynamodb:GetItem', 'Deliveries', []],
  ['park-deliveries', 'dynamodb:PutItem', 'Deliveries', []],
  ['park-deliveries', 'sqs:SendMessage', 'LaneQueue', []],
  ...ofAttempts('serve-lanes'),
  ['serve-lanes', 'dynamodb:DeleteItem', 'Deliveries', []],
  ['serve-lanes', 'dynamodb:Query', 'byState', []],
  ['serve-lanes', 'events:PutEvents', 'Bus', []],
  ['serve-lanes', 'sqs:SendMessage', 'DispatchQueue', []],
  ['serve-lanes', 'sqs:SendMessage', 'LaneQueue', []],
  ['sweep-deliveries', 'dynamodb:Query', 'byDue', []],
  ['sweep-deliveries', 'dynamodb:GetItem', 'Deliveries', []],
  ['sweep-deliveries', 'dynamodb:PutItem', 'Deliveries', []],
  ['sweep-deliveries', 'dynamodb:DeleteItem', 'Deliveries', []],
  ['sweep-deliveries', 'sqs:SendMessage', 'DispatchQueue', []],
  ['sweep-deliveries', 'sqs:SendMessage', 'LaneQueue', []],
  ['follow-state-changes', 'dynamodb:GetItem', 'Deliveries', []],
  ['follow-state-changes', 'dynamodb:PutItem', 'Deliveries', []],
  ['follow-state-changes', 'dynamodb:Query', 'byState', []],
  ['follow-state-changes', 'sqs:SendMessage', 'LaneQueue', []],
  // Somebody asks for a delivery, and a test that succeeds changes the health of its destination.
  ['api-deliveries', 'sqs:SendMessage', 'LaneQueue', []],
  ['api-destinations', 'dynamodb:GetItem', 'Deliveries', []],
  ['api-destinations', 'dynamodb:PutItem', 'Deliveries', []],
  ['api-destinations', 'sqs:SendMessage', 'LaneQueue', []],
  // What waits is counted for destinations to which something was sent.
  ['api-events', 'dynamodb:Query', 'byState', []],
];
export const ofHistory: Right[] = [
  ['follow-state-changes', 'dynamodb:PutItem', 'Journal', []],
  ['follow-state-changes', 'dynamodb:GetItem', 'Journal', []],
  ['follow-state-changes', 'lambda:InvokeFunction', 'runreplayjobs', []],
  ['follow-state-changes', 'secretsmanager:DeleteSecret', 'endpoint', []],
  ['follow-state-changes', 'secretsmanager:DescribeSecret', 'endpoint', []],
  ['follow-state-changes', 'secretsmanager:DeleteSecret', 'destination', []],
  ['follow-state-changes', 'secretsmanager:DescribeSecret', 'destination', []],
  ['follow-state-changes', 'events:PutEvents', 'Bus', []],
];
export const ofTally: Right[] = [
  ['count-events', 'dynamodb:PutItem', 'Journal', []],
  ['count-events', 'dynamodb:UpdateItem', 'Journal', []],
  ['count-events', 'dynamodb:Query', 'Journal', []],
];
export const ofWatch: Right[] = [
  ['raise-alerts', 'dynamodb:Query', stateIndex, []],
  ['raise-alerts', 'dynamodb:Query', 'Journal', []],
  ['raise-alerts', 'dynamodb:PutItem', 'Journal', []],
  ['raise-alerts', 'dynamodb:DeleteItem', 'Journal', []],
  ['raise-alerts', 'events:PutEvents', 'Bus', []],
];
export const ofSweep: Right[] = [
  ['sweep-secrets', 'dynamodb:GetItem', 'State', []],
  ['sweep-secrets', 'dynamodb:PutItem', 'State', []],
  ['sweep-secrets', 'dynamodb:DeleteItem', 'State', []],
  ['sweep-secrets', 'dynamodb:Query', stateIndex, []],
  ['sweep-secrets', 'secretsmanager:DeleteSecret', 'endpoint', []],
  ['sweep-secrets', 'secretsmanager:DeleteSecret', 'destination', []],
  ['sweep-secrets', 'secretsmanager:ListSecrets', '*', []],
];
/** One replay uses all of them: it publishes an event, meets one that it published before a crash, and ends. */
export const ofRunner: Right[] = [
  ['run-replay-jobs', 'dynamodb:GetItem', 'State', []],
  ['run-replay-jobs', 'dynamodb:Query', eventIndex, []],
  ['run-replay-jobs', 'dynamodb:GetItem', 'Events', []],
  ['run-replay-jobs', 'dynamodb:UpdateItem', 'Events', []],
  ['run-replay-jobs', 'dynamodb:Query', 'Journal', []],
  ['run-replay-jobs', 'dynamodb:PutItem', 'Journal', []],
  ['run-replay-jobs', 'dynamodb:UpdateItem', 'Journal', []],
  ['run-replay-jobs', 'dynamodb:DeleteItem', 'Journal', []],
];
/** Two redeliveries of many use all of them: one of what was cancelled, and one of what was delivered. */
export const ofRedeliveryRunner: Right[] = [
  ['run-redelivery-jobs', 'dynamodb:GetItem', 'State', []],
  ['run-redelivery-jobs', 'dynamodb:Query', 'byDestination', []],
  ['run-redelivery-jobs', 'dynamodb:Query', 'byState', []],
  ['run-redelivery-jobs', 'dynamodb:GetItem', 'Deliveries', []],
  ['run-redelivery-jobs', 'dynamodb:PutItem', 'Deliveries', []],
  ['run-redelivery-jobs', 'sqs:SendMessage', 'DispatchQueue', []],
  ['run-redelivery-jobs', 'dynamodb:Query', 'Journal', []],
  ['run-redelivery-jobs', 'dynamodb:PutItem', 'Journal', []],
  ['run-redelivery-jobs', 'dynamodb:UpdateItem', 'Journal', []],
  ['run-redelivery-jobs', 'dynamodb:DeleteItem', 'Journal', []],
];
/** Permissions on the list of operators. The tests of operators use them in a deployment whose first token gets closed. */
export const ofRoster: Right[] = [
  ['authorize-operator', 'dynamodb:PutItem', 'State', []],
  // An unnoted last use does not change any answer.
  ['authorize-operator', 'dynamodb:UpdateItem', 'Journal', []],
  ['api-operators', 'dynamodb:GetItem', 'State', []],
  ['api-operators', 'dynamodb:PutItem', 'State', []],
  ['api-operators', 'dynamodb:Query', 'Journal', []],
];
/** On AWS a list may show a secret for minutes after another caller deleted it. The local runtime's list does not. */
const ofStaleLists: Right[] = [
  ['sweep-secrets', 'secretsmanager:DescribeSecret', 'endpoint', []],
  ['sweep-secrets', 'secretsmanager:DescribeSecret', 'destination', []],
];
/** Without these permissions AWS would not let a function read a stream at all. */
const ofConsuming = (name: string, table: string): Right[] => [
  [name, 's3:PutObject', 'Failures', []],
  [name, 's3:ListBucket', 'Failures', []],
  [name, 'dynamodb:DescribeStream', table, []],
  [name, 'dynamodb:GetRecords', table, []],
  [name, 'dynamodb:GetShardIterator', table, []],
  [name, 'dynamodb:ListStreams', table, []],
];
/** Nor a queue. */
const ofReceiving = (name: string, queue: string): Right[] =>
  ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].map((action) => [name, action, queue, []]);
export const ofSources = [
  ofConsuming('relay', 'Events'),
  ofConsuming('count-events', 'Events'),
  ofConsuming('follow-state-changes', 'State'),
  ofReceiving('dispatch', 'DispatchQueue'),
  ofReceiving('park-deliveries', 'OverflowQueue'),
  ofReceiving('serve-lanes', 'LaneQueue'),
].flat();
export const ofRequests = [
  ofOperatorAuthorize,
  ofSenders,
  ofHandshake,
  ofSelfTest,
  ofConnections,
  ofLifecycle,
  ofDestinations,
  ofRoutes,
  ofEvents,
  ofDeliveries,
].flat();
const ofItself = [
  ...[ofRelay, ofSendingOn, ofHistory, ofTally, ofWatch, ofSweep],
  ...[ofRunner, ofRedeliveryRunner, ofStaleLists, ofSources],
].flat();
export const rights = [ofRequests, ofItself, ofRoster].flat();

/** The first permission of each function, then the second of each, and so on. */
const acrossFunctions = (...groups: (Right | undefined)[][]): Right[][] =>
  Array.from({ length: Math.max(...groups.map((group) => group.length)) }, (_, at) =>
    groups.flatMap((group) => (group[at] ? [group[at]] : [])),
  );

/** Functions with different calls share a runtime, because the failing calls show whose permission is missing. */
export const together = acrossFunctions(
  ofSenders,
  // Without one of the senders' first two permissions, no request reaches the handshake.
  [undefined, undefined, ...ofHandshake],
  ofLifecycle,
  // The self-test's delivery is signed. It must be stored for the tests of the self-test's later permissions.
  ofSelfTest,
  ofConnections,
  ofDestinations,
  ofRoutes,
  ofEvents,
  ofDeliveries,
  ofRunner,
  ofRedeliveryRunner,
);
/** Functions without a caller share one too: each is denied what it lacks, whatever the others lack. */
export const togetherByThemselves = acrossFunctions(ofHistory, ofTally, ofWatch, ofSweep);

interface Statement {
  Action: string | string[];
  Resource: unknown;
}

/** The statements of a role of ours in a template. Each has at most one policy. */
export function statementsOf(properties: Record<string, unknown> = {}): Statement[] {
  const [policy] = (properties['Policies'] ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
  return policy?.PolicyDocument.Statement ?? [];
}

const policyOf = ({ Resources }: Template, name: string): Statement[] => {
  const role = new RegExp(`^${name.replaceAll('-', '')}(FunctionService)?Role[0-9A-F]{8}$`);
  const [, found] = Object.entries(Resources).find(([id]) => role.test(id)) ?? [];
  return statementsOf(found?.Properties);
};

/** The same statements with one action and one resource each. CDK merges them where it can. */
export const split = (statements: Statement[]): Statement[] =>
  statements.flatMap((statement) =>
    [statement.Action]
      .flat()
      .flatMap((Action) => [statement.Resource].flat().map((Resource) => ({ ...statement, Action, Resource }))),
  );

/** A pattern for a resource by a part of its name. */
const resourcePattern = (resource: string): string => `${resource.replace('*', '\\*')}(?!\\S*/index/)`;

/** The template without one action on one resource of a function's role. Fails if the role does not have the action. */
export function without(template: Template, [name, action, resource]: Right): Template {
  const changed = structuredClone(template);
  const statements = policyOf(changed, name);
  const all = split(statements);
  const pattern = new RegExp(resourcePattern(resource));
  const left = all.filter(({ Action, Resource }) => !(Action === action && pattern.test(JSON.stringify(Resource))));
  const found = all.length - left.length;
  if (found !== 1) throw new Error(`${name} has ${found} statements of ${action} on ${resource}`);
  statements.splice(0, statements.length, ...left);
  return changed;
}

/** Makes what the calls need, in a runtime on the folder `base`. @returns the runtime, which still runs */
export async function prepare(options: Partial<RuntimeOptions> = {}): Promise<World> {
  const world = await aRuntime({ dataDir: base, maxInstances: 1, ...options });
  live = await anActiveEndpoint(world, { dedupe: { by: 'header', name: 'x-delivery' } });
  eventId = String((await calls.deliver(world)).json()['id']);
  await calls.repeat(world);
  [largeId = '', lostId = ''] = [await calls.deliverLarge(world), await calls.deliverLarge(world)].map(({ json }) =>
    String(json()['id']),
  );
  const Bucket = bucketOf(world.runtime, 'Bodies');
  await world.s3.send(new DeleteObjectCommand({ Bucket, Key: await bodyKeyOf(world, lostId) }));
  runId = String((await ok(world, 'POST', `${live.path}/replays`, range))['id']);
  const hasEnded = async () => (await calls.progress(world)).json()['endedAt'] !== undefined;
  await waitUntil('the replay job has ended', hasEnded, 100);
  await givenAnOpenReplay(world);
  await givenDeliveries(world);
  await givenRedeliveries(world);
  for (const name of ['spare', 'bare', 'ready', 'held']) await ok(world, 'POST', '/v1/connections', { name });
  for (const name of ['bare', 'ready', 'held']) await ok(world, 'PUT', `/v1/connections/${name}/endpoint`, {});
  await ok(world, 'POST', '/v1/connections/ready/endpoint/token', {});
  await ok(world, 'POST', '/v1/connections/held/endpoint/hold', {});
  for (const name of ['kept', 'spare']) await ok(world, 'POST', '/v1/destinations', { ...nobody, name });
  signedDelivery = await givenASigner(world);
  secretless = await givenAWindow(world, 'secretless');
  rotated = await givenAWindow(world, 'rotated');
  await givenALostLabel(world, 'rotated');
  return world;
}

export const cleanUp = (): void => rmSync(folder, { recursive: true, force: true });

async function givenDeliveries(world: World): Promise<void> {
  routed = await anActiveEndpoint(world);
  await ok(world, 'POST', '/v1/destinations', { ...nobody, name: 'unsent' });
  const rules = ['all', 'many'].map((id) => ({ id, transform: 'data.nothing', to: 'unsent' }));
  await ok(world, 'PUT', `${routed.path}/routes`, { rules });
  const send = async (body: string | Buffer) =>
    String((await deliver(routed.url, { headers: bearer(routed.token), body })).json()['id']);
  const large = Buffer.alloc(300_000);
  routedIds = { small: await send('{}'), large: await send(large), lost: await send(large) };
  const Key = await bodyKeyOf(world, routedIds.lost);
  await world.s3.send(new DeleteObjectCommand({ Bucket: bucketOf(world.runtime, 'Bodies'), Key }));
  await waitUntil('the delivery has ended', async () => {
    const { items } = (await calls.eventDeliveries(world)).json() as {
      items: { id: string; rule: string; status: string }[];
    };
    deliveryId = items.find(({ rule }) => rule === 'all')?.id ?? '';
    return items.length === 2 && items.every(({ status }) => status === 'cancelled');
  });
}

/** A redelivery of many that has ended, and two that have not started yet. None of them is of the rule `all`. */
async function givenRedeliveries(world: World): Promise<void> {
  const path = '/v1/destinations/unsent/redeliveries';
  redeliveryId = String((await ok(world, 'POST', path, { ...range, rule: 'none' }))['id']);
  const hasEnded = async () => (await calls.readRedelivery(world)).json()['endedAt'] !== undefined;
  await waitUntil('the redelivery has ended', hasEnded, 100);
  await ok(world, 'POST', '/v1/destinations', { ...nobody, name: 'another' });
  const table = destinationTable(world.dynamodb, tableOf(world.runtime, 'State'));
  const jobs = redeliveryTable(world.dynamodb, tableOf(world.runtime, 'Journal'));
  for (const [name, status] of [['unsent', 'cancelled'] as const, ['another', 'delivered'] as const]) {
    const destination = await table.read(name);
    if (!isFinished(destination)) throw new Error('it was made');
    const [from, to] = [range.from, new Date().toISOString()].map((time) => new Date(time).toISOString());
    const times = { from: from ?? '', to: to ?? '', startedAt: to ?? '' };
    const about = { destination: name, destinationId: destination.id, statuses: [status], rule: 'many', by: 'ada' };
    await jobs.open(newRedelivery({ id: `rdl_${randomUUID()}`, ...times, ...about, rate: 10, count: null }));
  }
}

/** The path of an endpoint whose sender may deliver its secret. */
async function givenAWindow(world: World, name: string): Promise<string> {
  const path = `/v1/connections/${name}`;
  await ok(world, 'POST', '/v1/connections', { name, provider: 'asana' });
  await ok(world, 'PUT', `${path}/endpoint`, {});
  await ok(world, 'POST', `${path}/endpoint/activate`);
  const { endpoint } = await ok(world, 'POST', `${path}/endpoint/handshake`, { minutes: 60 });
  return new URL((endpoint as { url: string }).url).pathname;
}

/** Two secrets. The older one still has the label that a crash left there. */
async function givenALostLabel(world: World, name: string): Promise<void> {
  const path = `/v1/connections/${name}/endpoint/token`;
  await ok(world, 'POST', path, { value: 'fake-secret-of-asana-01' });
  await ok(world, 'POST', `${path}/rotate`, { value: 'fake-secret-of-asana-02' });
  const record = await depsOn(world).store.readConnection(name);
  const { secret: SecretId, tokens: [current, previous] = [] } = record?.endpoint ?? {};
  const moved = { VersionStage: 'AWSCURRENT', MoveToVersionId: previous?.id, RemoveFromVersionId: current?.id };
  await world.secretsManager.send(new UpdateSecretVersionStageCommand({ SecretId, ...moved }));
}

async function givenASigner(world: World): Promise<typeof signedDelivery> {
  const path = '/v1/connections/signed';
  await ok(world, 'POST', '/v1/connections', { name: 'signed', provider: 'github' });
  await ok(world, 'PUT', `${path}/endpoint`, {});
  const { token } = await ok(world, 'POST', `${path}/endpoint/token`, {});
  const { endpoint } = await ok(world, 'POST', `${path}/endpoint/activate`);
  const body = '{"zen": "Keep it logically awesome."}';
  const signature = createHmac('sha256', String(token)).update(body).digest('hex');
  const { url } = endpoint as { url: string };
  return { path: new URL(url).pathname, headers: { 'x-hub-signature-256': `sha256=${signature}` }, body };
}

/** A replay that crashed after its first event, before it noted anything. A second event, and a held one, are still to come. */
async function givenAnOpenReplay({ runtime, dynamodb, ...world }: World): Promise<void> {
  await ok(world, 'POST', '/v1/connections', { name: 'busy' });
  await ok(world, 'PUT', '/v1/connections/busy/endpoint', {});
  await ok(world, 'POST', '/v1/connections/busy/endpoint/hold');
  const connection = await stateTable(dynamodb, tableOf(runtime, 'State')).readConnection('busy');
  if (!connection) throw new Error('it was made');
  const log = eventTable(dynamodb, tableOf(runtime, 'Events'), defaultShards);
  const at = Date.now() - 60_000;
  const hold = connection.endpoint?.hold?.id ?? '';
  const published = aStoredEvent(connection, at, {});
  for (const event of [published, aStoredEvent(connection, at, {}), aStoredEvent(connection, at, { held: hold })]) {
    await log.append(event);
  }
  const [from, to] = [at - 1, at + 1].map((time) => new Date(time).toISOString());
  const about = { connection: connection.name, connectionId: connection.id, rate: 10, count: null };
  const run = newReplay({ id: 'run_busy', from: from ?? '', to: to ?? '', startedAt: to ?? '', ...about });
  const asked = { connectionId: connection.id, hold, routes: undefined, jobId: run.id, now: new Date() };
  await republisher(dynamodb, tableOf(runtime, 'Events')).replay(published.id, asked);
  await replayJobTable(dynamodb, tableOf(runtime, 'Journal')).open(run);
}

/** All calls. Those of one function run one after another. */
export async function callAll(world: World): Promise<Record<Name, Received>> {
  const inOrder: Name[][] = [
    ofSending,
    ['list', 'stats', 'open', 'read', 'readHeld', 'edit', 'remove'],
    [...ofTokens, 'lose'],
    [...ofReading, ...ofReplays],
    ['history', 'rejections', 'connectionStats', 'allStats', 'allJobs'],
    ofSelfTests,
    ofDestinationCalls,
    ofRouteCalls,
    ofDeliveryCalls,
  ];
  const answers = inOrder.map(async (group) => {
    const answered: [Name, Received][] = [];
    for (const name of group) answered.push([name, await calls[name](world)]);
    return answered;
  });
  return Object.fromEntries((await Promise.all(answers)).flat()) as Record<Name, Received>;
}

/** The denials in the log of the services. */
export const denialsIn = (logs: string[]): string[] => {
  const denials = logs.flatMap((line) => {
    const [, caller = '', action = '', resource = ''] =
      /assumed-role\/[^/]+\/(\S+) is not authorized to perform: (\S+) on resource: (\S+)/.exec(line) ?? [];
    return action === '' ? [] : [`${caller} ${action} ${resource}`];
  });
  return [...new Set(denials)];
};

/** The log's text for the denial of each of these permissions. */
const patternsOf = (missing: Right[]): RegExp[] =>
  missing.map(
    ([name, action, resource]) =>
      new RegExp(`-${name.replaceAll('-', '')}Function\\S* ${action} \\S*${resourcePattern(resource)}`, 'i'),
  );

/** The denials, once every missing permission has been denied or after five seconds. */
export async function denialsOf(missing: Right[], world: World): Promise<string[]> {
  const patterns = patternsOf(missing);
  const areAllIn = (denials: string[]) => patterns.every((pattern) => denials.some((denial) => pattern.test(denial)));
  for (let turn = 0; turn < 250 && !areAllIn(denialsIn(world.logs)); turn += 1) await wait(20);
  return denialsIn(world.logs);
}

/** Each of these permissions was denied, and nothing else. */
export function expectOnly(missing: Right[], denials: string[]): void {
  const patterns = patternsOf(missing);
  expect(denials).toEqual(expect.arrayContaining(patterns.map((pattern) => expect.stringMatching(pattern))));
  expect(denials.filter((denial) => !patterns.some((pattern) => pattern.test(denial)))).toEqual([]);
}

/** The permissions that calls have used, written like `denialsIn` writes denials. */
const usesIn = (made: AwsCall[]): string[] => {
  const uses = made.flatMap(({ principal, permissions }) =>
    permissions.map(({ action, resource }) => `${principal} ${action} ${resource}`),
  );
  return [...new Set(uses)];
};

/** The permissions of the table that none of these calls has used. */
export const unusedBy = (made: AwsCall[], table: Right[]): Right[] => {
  const uses = usesIn(made);
  return table.filter((right) => patternsOf([right]).every((pattern) => !uses.some((use) => pattern.test(use))));
};

/** Lets the relay give up an event and publish it by a replay, and lets it meet a held event. */
export async function publishLater(world: World, bus: { isRefusing: boolean }): Promise<void> {
  const { path, url, token } = await anActiveEndpoint(world);
  await world.runtime.settled();
  bus.isRefusing = true;
  const { json } = await deliver(url, { headers: bearer(token), body: '{}' });
  await world.runtime.settled();
  bus.isRefusing = false;
  await ok(world, 'POST', `${path}/events/${json()['id']}/replay`);
  await world.runtime.settled();
  await ok(world, 'POST', `${path}/endpoint/hold`);
  await deliver(url, { headers: bearer(token), body: '{}' });
}

export const wordsOf = ([name, action, resource]: Right): string => `${name}: ${action} on ${resource}`;

/** A rejected webhook that the bus must be told about. */
async function aRefusal(world: World): Promise<void> {
  const { url } = await anActiveEndpoint(world, { alerts: { rejections: { count: 1, minutes: 1 } } });
  await deliver(url, { headers: bearer('a wrong token') });
}

/** Destinations: one that is deleted, and two that a crash leaves: with and without a record that names its secret. */
async function leftDestinations(world: World): Promise<void> {
  await ok(world, 'POST', '/v1/destinations', { ...nobody, name: 'gone' });
  const table = destinationTable(world.dynamodb, tableOf(world.runtime, 'State'));
  const record = await table.read('gone');
  // The name of a secret that is gone already makes the function look whether it is.
  if (isFinished(record)) await world.secretsManager.send(new DeleteSecretCommand({ SecretId: record.secret }));
  await ok(world, 'DELETE', '/v1/destinations/gone');
  await ok(world, 'POST', '/v1/destinations', { ...nobody, name: 'deleted' });
  await ok(world, 'DELETE', '/v1/destinations/deleted');
  const secrets = destinationSecrets(world.secretsManager, secretTags(world.dynamodb, tableOf(world.runtime, 'State')));
  const value = { ...nobody, headers: {}, auth: { kind: 'none' as const }, signingSecret: 'left behind' };
  const [unfinished, unnamed] = ['unfinished', 'unnamed'].map(
    (name) => `hooklatch/dev/destination/${name}/0123456789abcdef`,
  );
  for (const name of [unfinished, unnamed]) await secrets.create(String(name), randomUUID(), value);
  const pending = { secret: String(unfinished), since: new Date().toISOString() };
  await table.put({ name: 'unfinished', version: 1, pending }, 'r1');
}

/** All background work of the functions after these calls. Each part succeeds. */
export async function doEverything(world: World): Promise<void> {
  const given = await anActiveEndpoint(world);
  for (const verb of ['hold', 'release']) await ok(world, 'POST', `${given.path}/endpoint/${verb}`);
  const stored = await deliver(given.url, { headers: bearer(given.token), body: '{}' });
  await ok(world, 'POST', `${given.path}/events/${stored.json()['id']}/replay`);
  const record = await depsOn(world).store.readConnection(given.name);
  await world.secretsManager.send(new DeleteSecretCommand({ SecretId: record?.endpoint?.secret }));
  await ok(world, 'DELETE', `${given.path}/endpoint/token`);
  // What a crash leaves: a pending secret, and one that no record names.
  await expect(perform(crashing(depsOn(world), steps.finish, 'before'), 'POST token', given.name)).rejects.toThrow();
  const Name = `hooklatch/dev/endpoint/${given.name}/0123456789abcdef`;
  await depsOn(world).secretStore.create(Name, randomUUID(), { token: 'left behind' });
  await leftDestinations(world);
  await aRefusal(world);
  await world.runtime.runSchedule('Every5Minutes');
  await world.runtime.runSchedule('EveryMinute', 'countevents');
  world.clock.ahead += 61 * 60_000;
  await world.runtime.runSchedule('sweepsecretsHourly');
  await world.runtime.runSchedule('Every5Minutes');
}
