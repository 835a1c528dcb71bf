/** What a destination gets of an event: the sender's bytes and headers, or the JSON that a transform made of them. */

import { redacted } from '../../endpoints/credential/redaction.ts';
import { presetOf } from '../../endpoints/provider/presets.ts';
import { signingHeadersOf } from '../../endpoints/signature/signing-headers.ts';
import type { StoredEvent } from '../../events/event/event.ts';
import { hopHeader, hopsOf, sendableHeaders } from '../../ground/outbound/request-headers.ts';
import type { DeliveryMessage } from '../destination/delivery-request.ts';
import { foldedName, isOfConnection, ofBytes } from '../destination/destination-header.ts';

/** One attempt to deliver an event. */
export interface DeliveryAttempt {
  /** The delivery's id, which is the same in each attempt. */
  id: string;
  /** Counts from 1. */
  attempt: number;
  /** The number of the event's replay that made the delivery. Zero or undefined if none did. */
  replay?: number | undefined;
  /** What the destination wants of the sender's headers, besides those that usually go on. */
  forwardHeaders?: readonly string[] | undefined;
}

export interface SentMessage extends DeliveryMessage {
  hops: number;
  /** The names of the sender's headers that can't be sent. */
  dropped: string[];
}

/** The event, as far as it says what is sent. */
type SentEvent = Pick<StoredEvent, 'id' | 'connection' | 'provider' | 'headers' | 'tokenIn' | 'test'> &
  // An event that nobody sent has no proof.
  Partial<Pick<StoredEvent, 'verifiedBy' | 'signedIn'>>;

/** What proxies say about the request to Hooklatch: where it came from, and which way. */
const ofProxies = ['forwarded', 'via'];
const ofProxiesPrefixes = ['x-forwarded-', 'x-amz', 'cf-', 'cloudfront-'];

const isOfProxy = (folded: string): boolean =>
  ofProxies.includes(folded) || ofProxiesPrefixes.some((prefix) => folded.startsWith(prefix));

/** The headers of the signature. All others of Hooklatch begin with its name. */
const ofSignature = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
const isOurs = (folded: string): boolean => folded.startsWith('hooklatch-') || ofSignature.includes(folded);

/** The name under which a header of the sender goes on. No two of them get the same one. */
const nameToSend = (name: string): string => (isOurs(foldedName(name)) ? `hooklatch-original-${name}` : name);

/** The names that a Connection header lists: they are for the next host alone. */
const namedByConnection = (headers: SentEvent['headers']): string[] =>
  Object.entries(headers)
    .filter(([name]) => foldedName(name) === 'connection')
    .flatMap(([, value]) => value.split(',').map((option) => foldedName(option.trim())));

/** What stays here of an event whose arrival noted nothing: its scheme may be one of the connection. PayPal's is always one. */
const lookingLikeProof = /signature|hmac|^paypal-/;

/**
 * Whether a header is part of the proof of the sender's bytes. Beside those that the arrival noted, all that its provider has ever signed with:
 * some send a second signature, and an event of before has no note.
 */
function signsBytes({ provider, verifiedBy = 'token', signedIn }: SentEvent): (folded: string) => boolean {
  if (verifiedBy === 'token') return () => false;
  const { scheme, older = {} } = presetOf(provider);
  const ofPreset = [scheme ?? [], Object.values(older)].flat(2).flatMap(signingHeadersOf);
  const names = [...(signedIn ?? []), ...ofPreset].map(foldedName);
  return (folded) =>
    // It says what the body is, whoever made it.
    folded !== 'content-type' &&
    (names.includes(folded) ||
      names.includes(folded.replace(/\d+$/, '*')) ||
      (signedIn === undefined && lookingLikeProof.test(folded)));
}

/** Headers with an underscore come first, because a later one replaces an earlier one from which some receivers can't tell it. */
const dashesLast = ([one]: [string, string], [other]: [string, string]): number =>
  Number(other.includes('_')) - Number(one.includes('_'));

/**
 * The sender's headers that go on.
 * @param isOtherBody whether the body has other bytes than the sender's
 * @param forwarded the names that the destination wants besides
 */
function passedOn(event: SentEvent, isOtherBody: boolean, forwarded: readonly string[]): Record<string, string> {
  const { headers } = event;
  // With the sender's own bytes, the proof goes on, and nobody needs to know which headers it is in.
  const isProof = isOtherBody ? signsBytes(event) : () => false;
  const wanted = forwarded.map(foldedName);
  const withheld = new Set([
    ...namedByConnection(headers),
    // It is counted, and sent by whoever sends the request.
    hopHeader,
  ]);
  const isPassed = ([name, value]: [string, string]): boolean => {
    const folded = foldedName(name);
    return (
      !isOfConnection(folded) &&
      !withheld.has(folded) &&
      !(isOtherBody && ofBytes.includes(folded)) &&
      (wanted.includes(folded) || !(isProof(folded) || isOfProxy(folded))) &&
      !value.includes(redacted)
    );
  };
  const passed = Object.entries(headers).filter(isPassed).sort(dashesLast);
  return Object.fromEntries(passed.map(([name, value]) => [nameToSend(name), value]));
}

/**
 * The message of one attempt.
 * @param body the event's, with the tokens in it masked
 * @param json what a transform made of the event. Undefined if there is no transform
 */
export function sentMessage(
  event: SentEvent,
  body: Uint8Array,
  json: string | undefined,
  { id, attempt, replay = 0, forwardHeaders = [] }: DeliveryAttempt,
): SentMessage {
  const isMasked = event.tokenIn.length > 0;
  const { headers, leftOut } = sendableHeaders(passedOn(event, isMasked || json !== undefined, forwardHeaders));
  return {
    id,
    body: json === undefined ? body : Buffer.from(json),
    headers: json === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    marks: {
      'hooklatch-event': event.id,
      'hooklatch-connection': event.connection,
      'hooklatch-attempt': `${attempt}`,
      ...(replay > 0 && { 'hooklatch-replay': `${replay}` }),
      ...(event.test && { 'hooklatch-test': 'true' }),
      ...(isMasked && { 'hooklatch-masked': 'true' }),
    },
    hops: hopsOf(event.headers),
    dropped: leftOut,
  };
}
