/**
 * Wakes up for each arrival that the authorizer admitted. The function checks what needs the body (a signature, or a
 * token in the body), stores the event, and then answers the sender.
 */

import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer as Event,
  APIGatewayProxyStructuredResultV2 as Result,
} from 'aws-lambda';
import { secretsManager, signingSecretReader } from '../shared/endpoints/credential/secret-store.ts';
import { settingsInForce } from '../shared/endpoints/endpoint/settings-in-force.ts';
import { objectOnly } from '../shared/endpoints/provider/preset.ts';
import { presetOf } from '../shared/endpoints/provider/presets.ts';
import { confirmSnsSubscription } from '../shared/endpoints/signature/certificate.ts';
import { certificateReader } from '../shared/endpoints/signature/certificate-reader.ts';
import {
  acceptedAnswer,
  browserGuards,
  forbiddenAnswer,
  rejectedAnswer,
  withServerTiming,
} from '../shared/events/arrival/arrival-answer.ts';
import {
  placementsIn,
  type RejectedArrival,
  type VerificationDeps,
  verifyProofs,
} from '../shared/events/arrival/arrival-verification.ts';
import { type Handover, handoverSchema } from '../shared/events/arrival/handover.ts';
import { type HandshakeRequest, isJsonObject } from '../shared/events/arrival/handshake.ts';
import {
  answerHandshake,
  type HandshakeDeps,
  handshakeRequestIn,
  type ReceivedArrival,
} from '../shared/events/arrival/handshake-answer.ts';
import { receivedEventOf } from '../shared/events/arrival/received-event.ts';
import { provenIdOf, refusedIdOf } from '../shared/events/arrival/refused-id.ts';
import { rejectionSampleOf } from '../shared/events/arrival/rejection.ts';
import type { CountRejection } from '../shared/events/arrival/rejection-table.ts';
import {
  type CountDuplicate,
  duplicateCounter,
  requestRejectionCounter,
} from '../shared/events/arrival/request-counter.ts';
import { secretDeliverer } from '../shared/events/arrival/secret-delivery.ts';
import { type Arrival, conflictingEventOf } from '../shared/events/event/accepted-arrival.ts';
import { type BodyStore, maxBodyBytes } from '../shared/events/event/body-place.ts';
import { bodyStore } from '../shared/events/event/body-store.ts';
import type { StoredEvent, Verification } from '../shared/events/event/event.ts';
import { randomEventId } from '../shared/events/event/event-id.ts';
import { type EventTable, eventAppender } from '../shared/events/event/event-table.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/ground/aws/environment.ts';
import { httpHandler } from '../shared/ground/aws/http-handler.ts';
import { type Log, log } from '../shared/ground/aws/logger.ts';
import { type CountHandshake, handshakeCounter } from '../shared/ground/statistics/handshake-count.ts';

export interface Deps extends VerificationDeps, HandshakeDeps {
  append: EventTable['append'];
  putBody: BodyStore['put'];
  countRejection: CountRejection;
  countDuplicate: CountDuplicate;
  countHandshake: CountHandshake;
  newId(): string;
  log: Log;
}

const rejection = (reason: RejectedArrival['reason']): RejectedArrival => ({ reason, faults: [] });

/**
 * Logs, counts and answers a rejection. A challenge is not counted, because the sender repeats the request with its
 * credentials. Neither is a self-test.
 * @param proved the event that an arrival would have been whose sender is verified: its delivery id may be in the body
 */
async function refuse(
  { reason, faults, hint }: RejectedArrival,
  received: ReceivedArrival,
  deps: Deps,
  proved?: StoredEvent,
) {
  const { arrival, settings } = received;
  const { connection } = received.handover;
  const { sourceIp, requestId } = arrival;
  deps.log({ outcome: 'refused', reason, connection: connection.name, faults, sourceIp, requestId });
  if (reason !== 'challenged' && !received.handover.test) {
    const accept = placementsIn(received.handover, settings);
    const sample = { ...rejectionSampleOf(arrival, accept, faults), hint };
    const deliveryId = (proved && provenIdOf(proved)) ?? refusedIdOf(accept, arrival);
    await deps.countRejection({ connectionId: connection.id, reason, sample, deliveryId, at: deps.now() });
  }
  return rejectedAnswer(reason, received);
}

/**
 * The checks that run after the sender is verified. Because of this order, only the real sender learns their results.
 */
function rejectionAfterProof({ arrival, settings }: ReceivedArrival): RejectedArrival | undefined {
  const { method, body } = arrival;
  if (!settings.methods.some((allowed) => allowed === method)) return rejection('method_not_allowed');
  return body.length > maxBodyBytes ? rejection('body_too_large') : undefined;
}

/**
 * Stores an arrival once. If the delivery id is already stored with another body, the arrival becomes a separate event
 * with a new id.
 * @returns undefined if the proof allows only one body for a delivery id, and another body came first
 */
async function storeOnce(
  event: StoredEvent,
  { replayGuard }: Verification,
  { append }: Deps,
): Promise<{ stored: StoredEvent; isDuplicate: boolean } | undefined> {
  const appended = await append(event);
  if (appended !== 'conflict') return { stored: event, isDuplicate: appended === 'duplicate' };
  if (replayGuard) return undefined;
  const conflicting = conflictingEventOf(event);
  return { stored: conflicting, isDuplicate: (await append(conflicting)) === 'duplicate' };
}

function arrivalOf(event: Event<unknown>, { sourceIp }: Handover): Arrival {
  return {
    method: event.requestContext.http.method,
    headers: event.headers,
    rawQueryString: event.rawQueryString,
    rest: event.pathParameters?.['rest'],
    sourceIp: sourceIp ?? event.requestContext.http.sourceIp,
    requestId: event.requestContext.requestId,
    // The sender's exact bytes: signatures are made over them.
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** The authorizer's findings. Returns undefined if the path names another endpoint. */
function handoverOf(event: Event<unknown>): Handover | undefined {
  const { lambda } = event.requestContext.authorizer as { lambda: unknown };
  const handover = handoverSchema.parse(lambda);
  const { connection, endpointId } = event.pathParameters ?? {};
  return handover.connection.name === connection && handover.endpoint.id === endpointId ? handover : undefined;
}

/** Answers 2xx only after the event is stored. On an internal error it throws, and the sender tries again. */
export const ingest =
  (deps: Deps) =>
  async (event: Event<unknown>): Promise<Result> => {
    const { requestId } = event.requestContext;
    const began = deps.now();
    const handover = handoverOf(event);
    if (!handover) {
      deps.log({ outcome: 'refused', reason: 'handover_mismatch', requestId });
      return forbiddenAnswer();
    }
    const { connection, endpoint } = handover;
    const settings = settingsInForce({ provider: connection.provider, settings: endpoint.settings });
    const received = { arrival: arrivalOf(event, handover), handover, settings };
    const asked = handshakeRequestIn(received);
    if (asked && asked.handshake.proof !== 'delivery') return handshake(asked, received, deps);
    const proof = await verifyArrival(received, deps);
    if ('reason' in proof) return refuse(proof, received, deps);
    if (asked) return handshake(asked, received, deps, proof.signedBy);
    const rejected = rejectionAfterProof(received);
    const now = deps.now();
    const made = receivedEventOf(received, proof, deps.newId(), now);
    return rejected
      ? refuse(rejected, received, deps, made)
      : storeAndAnswer(received, made, proof, [began, now], deps);
  };

/**
 * Verifies an arrival. The handshake of some senders makes us sign a text that a stranger chose. For these senders, a
 * signed body is accepted only if it is a JSON object. A text from a handshake can't be a JSON object: see
 * `shared/events/arrival/handshake.ts`.
 */
async function verifyArrival(
  { arrival, handover, settings }: ReceivedArrival,
  deps: Deps,
): Promise<Verification | RejectedArrival> {
  const proof = await verifyProofs(handover, settings, arrival, deps);
  // The body is parsed only after all other checks have passed.
  if ('reason' in proof || !objectOnly(presetOf(handover.connection.provider)) || isJsonObject(arrival.body))
    return proof;
  return rejection('body_not_json_object');
}

/** Answers a handshake. A handshake is not stored as an event. */
async function handshake(
  asked: HandshakeRequest,
  received: ReceivedArrival,
  deps: Deps,
  signedBy?: string,
): Promise<Result> {
  const { arrival, handover } = received;
  const answer = await answerHandshake(asked, received, deps, signedBy);
  if ('reason' in answer) return refuse(rejection(answer.reason), received, deps);
  const { id, name } = handover.connection;
  deps.log({ outcome: 'handshake', connection: name, method: arrival.method, requestId: arrival.requestId });
  await deps.countHandshake(id, deps.now());
  return { ...answer, headers: { ...answer.headers, ...browserGuards } };
}

async function storeAndAnswer(
  received: ReceivedArrival,
  made: StoredEvent,
  proof: Verification,
  [began, now]: [Date, Date],
  deps: Deps,
): Promise<Result> {
  const { arrival, handover, settings } = received;
  const { connection } = handover;
  // The event may have no delivery id although the sender sent one. For example, an id that could be a token is not
  // stored.
  if (proof.replayGuard && made.deliveryId === undefined)
    return refuse(rejection('message_incomplete'), received, deps);
  // The body is stored before the event: an event must never point at a body that does not exist. A body without an
  // event expires.
  if (made.bodyKey !== undefined) await deps.putBody(made.bodyKey, arrival.body);
  const once = await storeOnce(made, proof, deps);
  if (!once) return refuse(rejection('delivery_id_reused'), received, deps, made);
  const { stored, isDuplicate } = once;
  const { id, tokenId, size, conflictsWith } = stored;
  deps.log({
    outcome: isDuplicate ? 'duplicate' : 'accepted',
    connection: connection.name,
    event: id,
    tokenId,
    size,
    conflictsWith,
    requestId: arrival.requestId,
  });
  // A duplicate is no new event, so the stream does not count it.
  if (isDuplicate && !handover.test) await deps.countDuplicate({ connectionId: connection.id, at: now });
  const answer = acceptedAnswer(settings, id, isDuplicate);
  return handover.test ? withServerTiming(answer, handover.test.ms, [began, now, deps.now()]) : answer;
}

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  // Sends each call once, because a repeated addition would count twice.
  const countingClient = dynamodb(1);
  const journal = fromEnvironment('JOURNAL_TABLE');
  return {
    append: eventAppender(client, fromEnvironment('EVENTS_TABLE'), numberFromEnvironment('EVENT_SHARDS')),
    putBody: bodyStore(fromEnvironment('BODIES_BUCKET')).put,
    countRejection: requestRejectionCounter(countingClient, journal, log),
    countDuplicate: duplicateCounter(countingClient, journal, log),
    countHandshake: handshakeCounter(countingClient, journal, log),
    deliverSecret: secretDeliverer(fromEnvironment('HANDSHAKE_FUNCTION')),
    confirm: (url) => confirmSnsSubscription(url, fetch),
    readSigningSecret: signingSecretReader(secretsManager()),
    certificate: certificateReader({ fetch, now: () => new Date(), log }),
    publicUrl: fromEnvironment('PUBLIC_URL'),
    newId: randomEventId,
    now: () => new Date(),
    log,
  };
};

export const handler = httpHandler(ingest(lambdaDeps()));
