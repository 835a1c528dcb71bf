/** Answering a handshake: what it must prove besides what a delivery does, what has to be done for it, and its answer. */

import { isWindowOpen } from '../endpoint/handshake-window.ts';
import type { SettingsInForce } from '../endpoint/settings-in-force.ts';
import type { Delivery } from '../event/accepted-delivery.ts';
import type { RejectionReason } from '../journal/rejection.ts';
import { presetOf } from '../provider/presets.ts';
import { confirmationUrlOf } from '../signature/certificate.ts';
import type { VerificationDeps } from './delivery-verification.ts';
import {
  type HandshakeReply,
  type HandshakeRequest,
  handshakeIn,
  hasVerifyToken,
  isAnswerable,
  replyTo,
} from './handshake.ts';
import type { Handover } from './request-authorization.ts';
import type { DeliverSecret } from './secret-delivery.ts';

export interface HandshakeDeps extends Pick<VerificationDeps, 'readSigningSecret' | 'now'> {
  deliverSecret: DeliverSecret;
  /** Confirms a subscription. @throws where it can't be done now */
  confirm(url: string): Promise<void>;
}

/** A request, and where it arrived. */
export interface ReceivedDelivery {
  delivery: Delivery;
  handover: Handover;
  settings: SettingsInForce;
}

const schemeIn = ({ auth }: SettingsInForce) => ('scheme' in auth ? auth.scheme : undefined);

/** The topics of SNS that an endpoint wants; undefined where its messages are not proved by their signature. */
function topicsOf(settings: SettingsInForce): readonly string[] | undefined {
  const scheme = schemeIn(settings);
  return typeof scheme === 'object' && scheme.kind === 'sns' ? scheme.topicArns : undefined;
}

/**
 * The handshake that a request is. An HMAC is made only for a scheme of the preset's own: of one that an operator made
 * up, nobody knows whether the answer would be a signature. And no URL is called for a message without a signature; it
 * is stored, so that an operator can do it.
 */
export function handshakeRequestIn({ delivery, handover, settings }: ReceivedDelivery): HandshakeRequest | undefined {
  const asked = handshakeIn(presetOf(handover.connection.provider), delivery);
  const how = asked?.handshake.answer.with;
  if (how === 'hmac' && typeof schemeIn(settings) !== 'string') return undefined;
  return how === 'confirmation' && !topicsOf(settings) ? undefined : asked;
}

/** Has the secret stored that a handshake delivers. */
async function deliver(value: string, { delivery, handover }: ReceivedDelivery, deps: HandshakeDeps) {
  const { connection, endpoint } = handover;
  const { window } = endpoint.handshake ?? {};
  // Judged again by the function that stores it; here it spares the call.
  if (!window || !isWindowOpen(window, deps.now())) return 'handshake_window_closed';
  const { id, name } = connection;
  const { sourceIp, requestId } = delivery;
  const came = { connection: { id, name }, endpointId: endpoint.id, windowId: window.id };
  return deps.deliverSecret({ ...came, value, sourceIp, requestId });
}

/** Confirms the subscription that a message asks for, which is proved. */
async function confirmFor({ delivery, settings }: ReceivedDelivery, deps: HandshakeDeps) {
  const found = confirmationUrlOf(delivery.body, topicsOf(settings) ?? []);
  if (typeof found === 'string') return found;
  return void (await deps.confirm(found.url));
}

/** Does what has to be done before the answer, or says why it is not given. */
function perform({ handshake, challenge = '' }: HandshakeRequest, knock: ReceivedDelivery, deps: HandshakeDeps) {
  if (handshake.proof === 'window') return deliver(challenge, knock, deps);
  return handshake.answer.with === 'confirmation' ? confirmFor(knock, deps) : undefined;
}

/**
 * The secret that the sender has: the one that it signed with, in whatever way, or else the present way's newest. Empty if
 * none of the present way's may sign: a token is never the key of an answer.
 */
async function keyFor({ signing, earlier }: Handover, deps: HandshakeDeps, signedBy?: string): Promise<string> {
  const version = signedBy ?? signing?.versions[0];
  const { secret = '' } = signing ?? earlier?.signing ?? {};
  return version ? deps.readSigningSecret(secret, version) : '';
}

/**
 * Answers a handshake, of which what a delivery must prove is proved if its preset wants it.
 * @param signedBy the version that it was signed with, if it was
 */
export async function answerHandshake(
  asked: HandshakeRequest,
  knock: ReceivedDelivery,
  deps: HandshakeDeps,
  signedBy?: string,
): Promise<HandshakeReply | { reason: RejectionReason }> {
  const { handshake } = asked;
  const { delivery, handover } = knock;
  if (!isAnswerable(asked) || !hasVerifyToken(handshake, handover.endpoint.handshake?.verifyToken, delivery))
    return { reason: 'handshake_refused' };
  const isHmac = handshake.answer.with === 'hmac';
  const key = isHmac ? await keyFor(handover, deps, signedBy) : '';
  const reason = isHmac && key === '' ? 'secret_missing' : await perform(asked, knock, deps);
  return reason ? { reason } : replyTo(asked, key);
}
