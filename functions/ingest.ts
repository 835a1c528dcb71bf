/**
 * Wakes up for each delivery that the authorizer admitted. The function checks what needs the body (a signature, or a
 * token in the body), stores the event, and then answers the sender.
 */

import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer as Event,
  APIGatewayProxyStructuredResultV2 as Result,
} from 'aws-lambda';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { type Log, log } from '../shared/aws/logger.ts';
import { secretsManager, signingSecretReader } from '../shared/credential/secret-store.ts';
import {
  acceptedAnswer,
  browserGuards,
  forbiddenAnswer,
  rejectedAnswer,
  withServerTiming,
} from '../shared/delivery/delivery-answer.ts';
import {
  placementsIn,
  type RejectedDelivery,
  type VerificationDeps,
  verifyDelivery,
} from '../shared/delivery/delivery-verification.ts';
import { type Handover, handoverSchema } from '../shared/delivery/handover.ts';
import { type HandshakeRequest, isJsonObject } from '../shared/delivery/handshake.ts';
import {
  answerHandshake,
  type HandshakeDeps,
  handshakeRequestIn,
  type ReceivedDelivery,
} from '../shared/delivery/handshake-answer.ts';
import { receivedEventOf } from '../shared/delivery/received-event.ts';
import { secretDeliverer } from '../shared/delivery/secret-delivery.ts';
import { settingsInForce } from '../shared/endpoint/settings-in-force.ts';
import { conflictingEventOf, type Delivery } from '../shared/event/accepted-delivery.ts';
import { type BodyStore, maxBodyBytes } from '../shared/event/body-place.ts';
import { bodyStore } from '../shared/event/body-store.ts';
import type { StoredEvent, Verification } from '../shared/event/event.ts';
import { randomEventId } from '../shared/event/event-id.ts';
import { type EventTable, eventAppender } from '../shared/event/event-table.ts';
import { type CountHandshake, handshakeCounter } from '../shared/journal/handshake-count.ts';
import { rejectionSampleOf } from '../shared/journal/rejection.ts';
import type { CountRejection } from '../shared/journal/rejection-table.ts';
import { type CountDuplicate, duplicateCounter, requestRejectionCounter } from '../shared/journal/request-counter.ts';
import { objectOnly } from '../shared/provider/preset.ts';
import { presetOf } from '../shared/provider/presets.ts';
import { confirmSnsSubscription } from '../shared/signature/certificate.ts';
import { certificateReader } from '../shared/signature/certificate-reader.ts';

export interface Deps extends VerificationDeps, HandshakeDeps {
  append: EventTable['append'];
  putBody: BodyStore['put'];
  countRejection: CountRejection;
  countDuplicate: CountDuplicate;
  countHandshake: CountHandshake;
  newId(): string;
  log: Log;
}

const rejection = (reason: RejectedDelivery['reason']): RejectedDelivery => ({ reason, faults: [] });

/**
 * Logs, counts and answers a rejection. A challenge is not counted, because the sender repeats the request with its
 * credentials. Neither is a self-test.
 */
async function refuse({ reason, faults, hint }: RejectedDelivery, arrival: ReceivedDelivery, deps: Deps) {
  const { delivery, settings } = arrival;
  const { connection } = arrival.handover;
  const { sourceIp, requestId } = delivery;
  deps.log({ outcome: 'refused', reason, connection: connection.name, faults, sourceIp, requestId });
  if (reason !== 'challenged' && !arrival.handover.test) {
    const sample = { ...rejectionSampleOf(delivery, placementsIn(arrival.handover, settings), faults), hint };
    await deps.countRejection({ connectionId: connection.id, reason, sample, at: deps.now() });
  }
  return rejectedAnswer(reason, arrival);
}

/**
 * The checks that run after the sender is verified. Because of this order, only the real sender learns their results.
 */
function rejectionAfterProof({ delivery, settings }: ReceivedDelivery): RejectedDelivery | undefined {
  const { method, body } = delivery;
  if (!settings.methods.some((allowed) => allowed === method)) return rejection('method_not_allowed');
  return body.length > maxBodyBytes ? rejection('body_too_large') : undefined;
}

/**
 * Stores a delivery once. If the delivery id is already stored with another body, the delivery becomes a separate event
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

function deliveryOf(event: Event<unknown>, { sourceIp }: Handover): Delivery {
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
    const arrival = { delivery: deliveryOf(event, handover), handover, settings };
    const asked = handshakeRequestIn(arrival);
    if (asked && asked.handshake.proof !== 'delivery') return handshake(asked, arrival, deps);
    const proof = await verifyArrival(arrival, deps);
    if ('reason' in proof) return refuse(proof, arrival, deps);
    if (asked) return handshake(asked, arrival, deps, proof.signedBy);
    const rejected = rejectionAfterProof(arrival);
    return rejected ? refuse(rejected, arrival, deps) : storeAndAnswer(arrival, proof, began, deps);
  };

/**
 * Verifies a delivery. The handshake of some senders makes us sign a text that a stranger chose. For these senders, a
 * signed body is accepted only if it is a JSON object. A text from a handshake can't be a JSON object: see
 * `shared/delivery/handshake.ts`.
 */
async function verifyArrival(
  { delivery, handover, settings }: ReceivedDelivery,
  deps: Deps,
): Promise<Verification | RejectedDelivery> {
  const proof = await verifyDelivery(handover, settings, delivery, deps);
  // The body is parsed only after all other checks have passed.
  if ('reason' in proof || !objectOnly(presetOf(handover.connection.provider)) || isJsonObject(delivery.body))
    return proof;
  return rejection('body_not_json_object');
}

/** Answers a handshake. A handshake is not stored as an event. */
async function handshake(
  asked: HandshakeRequest,
  arrival: ReceivedDelivery,
  deps: Deps,
  signedBy?: string,
): Promise<Result> {
  const { delivery, handover } = arrival;
  const answer = await answerHandshake(asked, arrival, deps, signedBy);
  if ('reason' in answer) return refuse(rejection(answer.reason), arrival, deps);
  const { id, name } = handover.connection;
  deps.log({ outcome: 'handshake', connection: name, method: delivery.method, requestId: delivery.requestId });
  await deps.countHandshake(id, deps.now());
  return { ...answer, headers: { ...answer.headers, ...browserGuards } };
}

async function storeAndAnswer(
  arrival: ReceivedDelivery,
  proof: Verification,
  began: Date,
  deps: Deps,
): Promise<Result> {
  const { delivery, handover, settings } = arrival;
  const { connection } = handover;
  const now = deps.now();
  const received = receivedEventOf(arrival, proof, deps.newId(), now);
  // The event may have no delivery id although the sender sent one. For example, an id that could be a token is not
  // stored.
  if (proof.replayGuard && received.deliveryId === undefined)
    return refuse(rejection('message_incomplete'), arrival, deps);
  // The body is stored before the event: an event must never point at a body that does not exist. A body without an
  // event expires.
  if (received.bodyKey !== undefined) await deps.putBody(received.bodyKey, delivery.body);
  const once = await storeOnce(received, proof, deps);
  if (!once) return refuse(rejection('delivery_id_reused'), arrival, deps);
  const { stored, isDuplicate } = once;
  const { id, tokenId, size, conflictsWith } = stored;
  deps.log({
    outcome: isDuplicate ? 'duplicate' : 'accepted',
    connection: connection.name,
    event: id,
    tokenId,
    size,
    conflictsWith,
    requestId: delivery.requestId,
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
  const journal = fromEnvironment('journalTable');
  return {
    append: eventAppender(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    putBody: bodyStore(fromEnvironment('bodiesBucket')).put,
    countRejection: requestRejectionCounter(countingClient, journal, log),
    countDuplicate: duplicateCounter(countingClient, journal, log),
    countHandshake: handshakeCounter(countingClient, journal, log),
    deliverSecret: secretDeliverer(fromEnvironment('handshake')),
    confirm: (url) => confirmSnsSubscription(url, fetch),
    readSigningSecret: signingSecretReader(secretsManager()),
    certificate: certificateReader({ fetch, now: () => new Date(), log }),
    publicUrl: fromEnvironment('publicUrl'),
    newId: randomEventId,
    now: () => new Date(),
    log,
  };
};

export const handler = httpHandler(ingest(lambdaDeps()));
