/** Answers a handshake: checks what it must prove, does what it asks for, and makes the answer. */

import { isWindowOpen } from '../../endpoints/endpoint/handshake-window.ts';
import type { SettingsInForce } from '../../endpoints/endpoint/settings-in-force.ts';
import { presetOf } from '../../endpoints/provider/presets.ts';
import { confirmationUrlOf } from '../../endpoints/signature/certificate.ts';
import type { Arrival } from '../event/accepted-arrival.ts';
import type { VerificationDeps } from './arrival-verification.ts';
import type { Handover } from './handover.ts';
import {
  type HandshakeReply,
  type HandshakeRequest,
  handshakeIn,
  hasVerifyToken,
  isAnswerable,
  replyTo,
} from './handshake.ts';
import type { RejectionReason } from './rejection.ts';
import type { DeliverSecret } from './secret-delivery.ts';

export interface HandshakeDeps extends Pick<VerificationDeps, 'readSigningSecret' | 'now'> {
  deliverSecret: DeliverSecret;
  /**
   * Confirms a subscription.
   * @throws if the subscription can't be confirmed now
   */
  confirm(url: string): Promise<void>;
}

/** A request, with its endpoint. */
export interface ReceivedArrival {
  arrival: Arrival;
  handover: Handover;
  settings: SettingsInForce;
}

const schemeIn = ({ auth }: SettingsInForce) => ('scheme' in auth ? auth.scheme : undefined);

/** The SNS topics that an endpoint accepts. Undefined if the endpoint does not verify the signatures of SNS. */
function topicsOf(settings: SettingsInForce): readonly string[] | undefined {
  const scheme = schemeIn(settings);
  return typeof scheme === 'object' && scheme.kind === 'sns' ? scheme.topicArns : undefined;
}

/**
 * Returns the handshake in a request, if it is one. An HMAC answer is made only for a scheme of the preset. With a scheme that
 * an operator wrote, the answer could be a valid signature of an arrival. If the endpoint does not verify the signature of a
 * message, the URL in the message is not called. The message is stored, so that an operator can call the URL.
 */
export function handshakeRequestIn({ arrival, handover, settings }: ReceivedArrival): HandshakeRequest | undefined {
  const asked = handshakeIn(presetOf(handover.connection.provider), arrival);
  const how = asked?.handshake.answer.with;
  if (how === 'hmac' && typeof schemeIn(settings) !== 'string') return undefined;
  return how === 'confirmation' && !topicsOf(settings) ? undefined : asked;
}

/** Stores the secret that a handshake delivers. */
async function storeSecret(value: string, { arrival, handover }: ReceivedArrival, deps: HandshakeDeps) {
  const { connection, endpoint } = handover;
  const { window } = endpoint.handshake ?? {};
  // The function that stores the secret checks this again. The check here saves a useless call.
  if (!window || !isWindowOpen(window, deps.now())) return 'handshake_window_closed';
  const { id, name } = connection;
  const { sourceIp, requestId } = arrival;
  const came = { connection: { id, name }, endpointId: endpoint.id, windowId: window.id };
  return deps.deliverSecret({ ...came, value, sourceIp, requestId });
}

/** Confirms the subscription that a verified message asks for. */
async function confirmTopic({ arrival, settings }: ReceivedArrival, deps: HandshakeDeps) {
  const found = confirmationUrlOf(arrival.body, topicsOf(settings) ?? []);
  if (typeof found === 'string') return found;
  return void (await deps.confirm(found.url));
}

/** Does what the handshake asks for. Returns the reason of the rejection if there is no answer. */
function perform({ handshake, challenge = '' }: HandshakeRequest, received: ReceivedArrival, deps: HandshakeDeps) {
  if (handshake.proof === 'window') return storeSecret(challenge, received, deps);
  return handshake.answer.with === 'confirmation' ? confirmTopic(received, deps) : undefined;
}

/**
 * The sender's secret. If the request is signed, this is the secret that signed it, under either auth policy. Otherwise it is
 * the newest secret of the present policy. Empty if no secret of the present policy may sign. A token is never the key of an
 * answer.
 */
async function keyFor({ signing, earlier }: Handover, deps: HandshakeDeps, signedBy?: string): Promise<string> {
  const version = signedBy ?? signing?.versions[0];
  const { secret = '' } = signing ?? earlier?.signing ?? {};
  return version ? deps.readSigningSecret(secret, version) : '';
}

/**
 * Answers a handshake. If the handshake requires the proofs of an arrival, the caller has verified them.
 * @param signedBy the version of the secret that signed the request, if any
 */
export async function answerHandshake(
  asked: HandshakeRequest,
  received: ReceivedArrival,
  deps: HandshakeDeps,
  signedBy?: string,
): Promise<HandshakeReply | { reason: RejectionReason }> {
  const { handshake } = asked;
  const { arrival, handover } = received;
  if (!isAnswerable(asked) || !hasVerifyToken(handshake, handover.endpoint.handshake?.verifyToken, arrival))
    return { reason: 'handshake_refused' };
  const isHmac = handshake.answer.with === 'hmac';
  const key = isHmac ? await keyFor(handover, deps, signedBy) : '';
  const reason = isHmac && key === '' ? 'secret_missing' : await perform(asked, received, deps);
  return reason ? { reason } : replyTo(asked, key);
}
