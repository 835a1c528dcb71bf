/**
 * Handshakes: requests by which a sender checks that a URL belongs to its receiver. The sender's preset lists them and their
 * answers. This file recognizes a handshake and makes its answer. A handshake is never an event.
 *
 * An HMAC answer signs a text that somebody else chose. Therefore a challenge must never have the form of a signed arrival.
 * Such senders are `objectOnly`: all their arrivals must be JSON objects. Every JSON object has braces, and a challenge can't
 * contain them. A custom scheme for these senders signs only the body (see `shared/endpoints/endpoint/custom-scheme.ts`). If the scheme
 * signed an id, a time or a checksum, a challenge could be the whole signed message.
 */

import { createHmac } from 'node:crypto';
import { isSameDigest, tokenDigest } from '../../endpoints/credential/token.ts';
import type { Handshake, HandshakeAnswer, Mark, Preset } from '../../endpoints/provider/preset.ts';
import type { ValueLocation } from '../../endpoints/settings/value-location.ts';
import { documentOf, type FieldReader, fieldReader, pairsOf } from '../../ground/base/json-pointer.ts';
import type { Arrival } from '../event/accepted-arrival.ts';

/** A handshake, with the challenge in its request. */
export interface HandshakeRequest {
  handshake: Handshake;
  challenge: string | undefined;
}

/** The largest body of a handshake, in bytes. A larger body is not parsed. */
const maxHandshakeBytes = 65_536;

/** The text at a location of the request. Undefined if the request has this query parameter twice. */
function requestTextAt(
  place: ValueLocation,
  { headers, rawQueryString }: Arrival,
  read: FieldReader,
): string | undefined {
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

/** Recognizes a handshake of this preset. Returns undefined if the request is not a handshake. */
export function handshakeIn({ handshakes = [] }: Preset, arrival: Arrival): HandshakeRequest | undefined {
  const { method, headers, body } = arrival;
  const possible = handshakes.filter((one) => one.method === method);
  if (possible.length === 0 || body.length > maxHandshakeBytes) return undefined;
  const read = fieldReader(body, headers['content-type'] ?? '');
  const handshake = possible.find(({ when }) => when.every((mark) => isMet(mark, requestTextAt(mark, arrival, read))));
  return (
    handshake && { handshake, challenge: handshake.challenge && requestTextAt(handshake.challenge, arrival, read) }
  );
}

const printable = /^[\x20-\x7e]{1,2048}$/;
const headerValue = /^[\x21-\x7e]{1,256}$/;

/** The form of a challenge, by the kind of answer. */
const challengeForms: Partial<Record<HandshakeAnswer['with'], RegExp>> = {
  text: printable,
  json: printable,
  header: headerValue,
  hmac: /^[A-Za-z0-9_+/=-]{1,128}$/,
};

/** Whether the challenge can be answered. If the answer does not use the challenge, it may have any form. */
export function isAnswerable({ handshake: { proof, answer }, challenge = '' }: HandshakeRequest): boolean {
  const form = proof === 'window' ? headerValue : challengeForms[answer.with];
  return form?.test(challenge) ?? true;
}

/** Whether a request has the endpoint's verify token, if its handshake needs a verify token. */
export function hasVerifyToken({ proof }: Handshake, verifyToken: string | undefined, arrival: Arrival): boolean {
  if (typeof proof !== 'object') return true;
  const presented = requestTextAt({ in: 'query', name: proof.verifyToken }, arrival, () => undefined);
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

/**
 * Makes the answer to a handshake whose challenge can be answered.
 * @param secret the sender's secret; only an HMAC needs it
 */
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
