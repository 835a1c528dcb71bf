/** Wakes up for each delivery that the authorizer let pass: proves what only the body can, stores, and then answers. */

import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer as Event,
  APIGatewayProxyStructuredResultV2 as Result,
} from 'aws-lambda';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
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
import { type HandshakeRequest, isJsonObject } from '../shared/delivery/handshake.ts';
import {
  answerHandshake,
  type HandshakeDeps,
  handshakeRequestIn,
  type ReceivedDelivery,
} from '../shared/delivery/handshake-answer.ts';
import { type Handover, handoverSchema } from '../shared/delivery/request-authorization.ts';
import { secretDeliverer } from '../shared/delivery/secret-delivery.ts';
import { settingsInForce, withReplayGuard } from '../shared/endpoint/settings-in-force.ts';
import { conflictingEventOf, type Delivery, eventOf, type Receiver } from '../shared/event/accepted-delivery.ts';
import type { BodyStore } from '../shared/event/body.ts';
import { maxBodyBytes } from '../shared/event/body.ts';
import { bodyStore } from '../shared/event/body-store.ts';
import type { StoredEvent, Verification } from '../shared/event/event.ts';
import { randomEventId, testEventId } from '../shared/event/event-id.ts';
import { type EventTable, eventAppender } from '../shared/event/event-table.ts';
import { type CountHandshake, handshakeCounter } from '../shared/journal/handshake-count.ts';
import { rejectionSampleOf } from '../shared/journal/rejection.ts';
import { type CountRejection, rejectionCounter } from '../shared/journal/rejection-table.ts';
import { objectOnly } from '../shared/provider/preset.ts';
import { presetOf } from '../shared/provider/presets.ts';
import { splitInForce } from '../shared/settings/split.ts';
import { confirmSubscription } from '../shared/signature/certificate.ts';
import { certificateReader } from '../shared/signature/certificate-reader.ts';

export interface Deps extends VerificationDeps, HandshakeDeps {
  append: EventTable['append'];
  putBody: BodyStore['put'];
  reject: CountRejection;
  countHandshake: CountHandshake;
  newId(): string;
  log: Log;
}

/** Logs, counts and answers a refusal. A challenge is not counted: the sender comes again. */
async function refuse({ reason, faults, hint }: RejectedDelivery, arrival: ReceivedDelivery, deps: Deps) {
  const { delivery, settings } = arrival;
  const { connection } = arrival.handover;
  const { sourceIp, requestId } = delivery;
  deps.log({ outcome: 'refused', reason, connection: connection.name, faults, sourceIp, requestId });
  if (reason !== 'challenged') {
    const sample = { ...rejectionSampleOf(delivery, placementsIn(arrival.handover, settings), faults), hint };
    await deps.reject({ connectionId: connection.id, reason, sample, at: deps.now() });
  }
  return rejectedAnswer(reason, arrival);
}

/** What is refused although the sender proved who it is. */
function objectionTo({ delivery, settings }: ReceivedDelivery): RejectedDelivery | undefined {
  const { method, body } = delivery;
  if (!settings.methods.some((allowed) => allowed === method)) return { reason: 'method_not_allowed', faults: [] };
  return body.length > maxBodyBytes ? { reason: 'body_too_large', faults: [] } : undefined;
}

/**
 * Stores a delivery once. One whose delivery id was taken by other bytes becomes an event of its own.
 * @returns undefined where the proof allows one body for a delivery id, and another one was first
 */
async function storeOnce(
  event: StoredEvent,
  { replayGuard }: Verification,
  { append }: Deps,
): Promise<{ stored: StoredEvent; isDuplicate: boolean } | undefined> {
  const appended = await append(event);
  if (appended !== 'conflict') return { stored: event, isDuplicate: appended === 'duplicate' };
  if (replayGuard) return undefined;
  const own = conflictingEventOf(event);
  return { stored: own, isDuplicate: (await append(own)) === 'duplicate' };
}

function deliveryOf(event: Event<unknown>): Delivery {
  return {
    method: event.requestContext.http.method,
    headers: event.headers,
    rawQueryString: event.rawQueryString,
    rest: event.pathParameters?.['rest'],
    sourceIp: event.requestContext.http.sourceIp,
    requestId: event.requestContext.requestId,
    // The sender's own bytes: nothing may parse them first.
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** What the authorizer found out, if it is about the endpoint that this path names. */
function handoverOf(event: Event<unknown>): Handover | undefined {
  const { lambda } = event.requestContext.authorizer as { lambda: unknown };
  const handover = handoverSchema.parse(lambda);
  const { connection, endpointId } = event.pathParameters ?? {};
  return handover.connection.name === connection && handover.endpoint.id === endpointId ? handover : undefined;
}

/** Answers 2xx only after the event is stored; a fault of ours throws, and the sender tries again. */
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
    const arrival = { delivery: deliveryOf(event), handover, settings };
    const asked = handshakeRequestIn(arrival);
    if (asked && asked.handshake.proof !== 'delivery') return shake(asked, arrival, deps);
    const proof = await verify(arrival, deps);
    if ('reason' in proof) return refuse(proof, arrival, deps);
    if (asked) return shake(asked, arrival, deps, proof.signedBy);
    const objection = objectionTo(arrival);
    return objection ? refuse(objection, arrival, deps) : keep(arrival, proof, began, deps);
  };

/** What a delivery proves. Of some senders a text alone proves nothing, however it is signed: see `shared/delivery/handshake.ts`. */
async function verify(
  { delivery, handover, settings }: ReceivedDelivery,
  deps: Deps,
): Promise<Verification | RejectedDelivery> {
  const proof = await verifyDelivery(handover, settings, delivery, deps);
  // What proves nothing anyhow is not parsed for it.
  if ('reason' in proof || !objectOnly(presetOf(handover.connection.provider)) || isJsonObject(delivery.body))
    return proof;
  return { reason: 'body_not_json_object', faults: [] };
}

/** Answers a handshake, which is no event; who asks with HEAD gets the headers alone. */
async function shake(
  asked: HandshakeRequest,
  arrival: ReceivedDelivery,
  deps: Deps,
  signedBy?: string,
): Promise<Result> {
  const { delivery, handover } = arrival;
  const answer = await answerHandshake(asked, arrival, deps, signedBy);
  if ('reason' in answer) return refuse({ reason: answer.reason, faults: [] }, arrival, deps);
  const { id, name } = handover.connection;
  deps.log({ outcome: 'handshake', connection: name, method: delivery.method, requestId: delivery.requestId });
  await deps.countHandshake(id, deps.now());
  return {
    ...answer,
    headers: { ...answer.headers, ...browserGuards },
    body: delivery.method === 'HEAD' ? '' : answer.body,
  };
}

/** What the event of a delivery depends on. Its proof decides first, because the settings may be for another way. */
function receiverOf({ handover, settings }: ReceivedDelivery, { replayGuard }: Verification): Receiver {
  const { connection, endpoint } = handover;
  const { dedupe, retentionDays, split, type } = withReplayGuard(settings, replayGuard);
  const preset = presetOf(connection.provider);
  const types = type ? [type] : (preset.type ?? []);
  const batch = splitInForce(split, preset.batch);
  const accept = placementsIn(handover, settings);
  return { connection, endpoint: { ...endpoint, accept, dedupe, types, batch, retentionDays } };
}

/** An event, marked if it is a test's: by an id that no other delivery has, and kept from the bus unless that is wanted. */
function marked(event: StoredEvent, { connection, test }: Handover): StoredEvent {
  if (!test) return event;
  return {
    ...event,
    id: testEventId(connection.id, test.digest),
    test: true,
    ...(test.publish ? {} : { quiet: true }),
  };
}

/** Stores a delivery that is proved, and answers it. */
async function keep(arrival: ReceivedDelivery, proof: Verification, began: Date, deps: Deps): Promise<Result> {
  const { delivery, handover, settings } = arrival;
  const { connection } = handover;
  const now = deps.now();
  const received = marked(eventOf(delivery, receiverOf(arrival, proof), proof, deps.newId(), now), handover);
  // Such as an id that can not be told from a token, and is not stored.
  if (proof.replayGuard && received.deliveryId === undefined)
    return refuse({ reason: 'message_incomplete', faults: [] }, arrival, deps);
  // First the body: what points at it must never be there without it. A body without its event is removed in time.
  if (received.bodyKey !== undefined) await deps.putBody(received.bodyKey, delivery.body);
  const kept = await storeOnce(received, proof, deps);
  if (!kept) return refuse({ reason: 'delivery_id_reused', faults: [] }, arrival, deps);
  const { stored, isDuplicate } = kept;
  const { id, tokenId, size, conflictsWith } = stored;
  deps.log({
    outcome: isDuplicate ? 'duplicate' : 'accepted',
    connection: connection.name,
    event: id,
    tokenId,
    size,
    ...(conflictsWith === undefined ? {} : { conflictsWith }),
    requestId: delivery.requestId,
  });
  const answer = acceptedAnswer(settings, id, isDuplicate);
  return handover.test ? withServerTiming(answer, handover.test.ms, [began, now, deps.now()]) : answer;
}

const live = (): Deps => {
  const client = dynamodb();
  // Sends a call once: an addition that is repeated counts twice.
  const counting = dynamodb(1);
  const journal = fromEnvironment('journalTable');
  return {
    append: eventAppender(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    putBody: bodyStore(fromEnvironment('bodiesBucket')).put,
    reject: rejectionCounter(counting, journal, log),
    countHandshake: handshakeCounter(counting, journal, log),
    deliverSecret: secretDeliverer(fromEnvironment('handshake')),
    confirm: (url) => confirmSubscription(url, fetch),
    readSigningSecret: signingSecretReader(secretsManager()),
    certificate: certificateReader({ fetch, now: () => new Date(), log }),
    publicUrl: fromEnvironment('publicUrl'),
    newId: randomEventId,
    now: () => new Date(),
    log,
  };
};

export const handler = ingest(live());
