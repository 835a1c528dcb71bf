/**
 * Handshakes: requests by which a sender asks whether a URL is meant for it. Which ones a sender has, and what it wants to
 * hear, its preset says; here a request is told from a delivery, and its answer is made. Nothing of it is an event.
 *
 * An answer that is an HMAC says what the secret makes of a text that somebody else chose. A challenge is therefore of a
 * form that the signed message of no delivery has: no JSON object does without braces, and `objectOnly` lets such senders
 * deliver nothing else. A custom scheme signs the body alone there, see `shared/endpoint/custom-scheme.ts`: over an id, a time
 * or a checksum the challenge could be the whole message.
 */

import { createHmac } from 'node:crypto';
import { documentOf, type FieldReader, fieldReader, pairsOf } from '../base/json-pointer.ts';
import { isSameDigest, tokenDigest } from '../credential/token.ts';
import type { Delivery } from '../event/accepted-delivery.ts';
import type { Handshake, HandshakeAnswer, Mark, Preset } from '../provider/preset.ts';
import type { ValueLocation } from '../settings/value-location.ts';

/** A handshake that a request is, with the challenge that stands in it. */
export interface HandshakeRequest {
  handshake: Handshake;
  challenge: string | undefined;
}

/** Bytes of the largest body that can be a handshake's: what is larger is not parsed for it. */
const largestBody = 65_536;

/** What stands at a place as a text; nothing where it stands twice. */
function textAt(place: ValueLocation, { headers, rawQueryString }: Delivery, read: FieldReader): string | undefined {
  if (place.in === 'header') return headers[place.name];
  if (place.in === 'body') {
    const found = read(place.path);
    return typeof found === 'string' || typeof found === 'number' ? `${found}` : undefined;
  }
  const [value, ...more] = pairsOf(rawQueryString).getAll(place.name);
  return more.length > 0 ? undefined : value;
}

const isMet = ({ absent, begins = '', equals }: Mark, text: string | undefined): boolean =>
  text === undefined ? !!absent : !absent && text.startsWith(begins) && (equals ?? text) === text;

/** The handshake of this preset that a request is, if it is one. */
export function handshakeIn({ handshakes = [] }: Preset, delivery: Delivery): HandshakeRequest | undefined {
  const { method, headers, body } = delivery;
  const possible = handshakes.filter((one) => one.method === method);
  if (possible.length === 0 || body.length > largestBody) return undefined;
  const read = fieldReader(body, headers['content-type'] ?? '');
  const handshake = possible.find(({ when }) => when.every((mark) => isMet(mark, textAt(mark, delivery, read))));
  return handshake && { handshake, challenge: handshake.challenge && textAt(handshake.challenge, delivery, read) };
}

const printable = /^[\x20-\x7e]{1,2048}$/;
const headerValue = /^[\x21-\x7e]{1,256}$/;

/** The form of a challenge, by what is made of it. */
const forms: Partial<Record<HandshakeAnswer['with'], RegExp>> = {
  text: printable,
  json: printable,
  header: headerValue,
  hmac: /^[A-Za-z0-9_+/=-]{1,128}$/,
};

/** Whether the challenge is of a form that can be answered; one that is not asked for may be anything. */
export function isAnswerable({ handshake: { proof, answer }, challenge = '' }: HandshakeRequest): boolean {
  const form = proof === 'window' ? headerValue : forms[answer.with];
  return form?.test(challenge) ?? true;
}

/** Whether a request has the endpoint's verify token where its handshake wants one. */
export function hasVerifyToken({ proof }: Handshake, verifyToken: string | undefined, delivery: Delivery): boolean {
  if (typeof proof !== 'object') return true;
  const presented = textAt({ in: 'query', name: proof.verifyToken }, delivery, () => undefined);
  return !!verifyToken && isSameDigest(tokenDigest(presented ?? ''), tokenDigest(verifyToken));
}

/** Whether a body is a JSON object. */
export function isJsonObject(body: Buffer): boolean {
  const document = documentOf(body, 'application/json');
  return typeof document === 'object' && document !== null && !Array.isArray(document);
}

/** An answer to a handshake. */
export interface HandshakeReply {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

const reply = (type: string, body: string, more: Record<string, string> = {}): HandshakeReply => ({
  statusCode: 200,
  headers: { 'content-type': type, ...more },
  body,
});

const json = (fields: Record<string, string>): HandshakeReply => reply('application/json', JSON.stringify(fields));

/** What a handshake is answered, whose challenge is answerable. @param secret the sender's own; only an HMAC wants it */
export function replyTo({ handshake: { answer }, challenge = '' }: HandshakeRequest, secret: string): HandshakeReply {
  switch (answer.with) {
    case 'constant':
      return reply(answer.contentType, answer.body);
    case 'text':
      return reply('text/plain', challenge);
    case 'json':
      return json({ [answer.field]: challenge });
    case 'header':
      return reply('text/plain', '', { ...answer.more, [answer.name]: challenge });
    case 'hmac': {
      const { field, encoding, prefix = '', echo } = answer;
      const digest = prefix + createHmac('sha256', secret).update(challenge).digest(encoding);
      return json({ ...(echo && { [echo]: challenge }), [field]: digest });
    }
    default:
      return { ...reply('text/plain', ''), ...('status' in answer && { statusCode: answer.status }) };
  }
}
