/** The request that a destination gets: its own headers, its proof, and what Hooklatch adds and signs. */

import { hopHeader } from '../../ground/outbound/request-headers.ts';
import type { Destination } from './destination.ts';
import { authHeaders, type RequestProof } from './destination-auth.ts';
import { foldedName } from './destination-header.ts';
import type { DestinationValue } from './destination-value.ts';
import { signatureHeaders } from './signing-secret.ts';

/** What is sent, whoever gets it. */
export interface DeliveryMessage {
  /** The `webhook-id`. It is the same in each attempt. */
  id: string;
  body: Uint8Array;
  /** The headers that come with the body, its content type among them. Configured ones, the proof and Hooklatch's own win over them. */
  headers: Readonly<Record<string, string>>;
  /** What Hooklatch says about the delivery: headers whose names begin with `hooklatch-`. */
  marks: Readonly<Record<string, string>>;
  /** How often a webhook came through Hooklatch. Undefined for what is none. */
  hops?: number;
}

/** A request that is ready to be sent. */
export interface DeliveryRequest {
  url: string;
  method: Destination['method'];
  headers: Record<string, string>;
  body: Uint8Array;
  hops?: number;
}

/** What a destination's own headers may replace. */
const ofHooklatch = { 'user-agent': 'Hooklatch' };

/** Merges headers. A later one replaces each earlier one that some receiver can't tell from it. */
function mergedHeaders(...lists: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const merged = new Map<string, [name: string, value: string]>();
  for (const [name, value] of lists.flatMap((list) => Object.entries(list)))
    merged.set(foldedName(name), [name, value]);
  return Object.fromEntries(merged.values());
}

/** The names of the headers whose values only the secret store has, and of those that depend on them. */
const hiddenNames = ({ headerNames, authKind }: Pick<Destination, 'headerNames' | 'authKind'>): string[] => [
  ...headerNames,
  ...(authKind === 'none' || authKind === 'header' ? [] : ['authorization']),
  ...['webhook-timestamp', 'webhook-signature'],
];

/**
 * The headers of a request as far as they are known without a value of its destination.
 * @returns `hidden`: the names of all others, but for the one that the credentials name if `authKind` is `header`
 */
export function knownHeaders(
  destination: Pick<Destination, 'headerNames' | 'authKind'>,
  { id, headers: own, marks, hops }: Omit<DeliveryMessage, 'body'>,
): { headers: Record<string, string>; hidden: string[] } {
  const hidden = hiddenNames(destination);
  const isHidden = new Set(hidden.map(foldedName));
  const merged = mergedHeaders(ofHooklatch, own, marks, {
    ...(hops !== undefined && { [hopHeader]: `${hops + 1}` }),
    'webhook-id': id,
  });
  return {
    headers: Object.fromEntries(Object.entries(merged).filter(([name]) => !isHidden.has(foldedName(name)))),
    hidden,
  };
}

/**
 * Makes the request of one attempt. It is signed at `at`, because a receiver refuses a signature that is some minutes old.
 * @param attempt the proof that the receiver asks for, and whether the previous signing secret signs too
 */
export function deliveryRequest(
  { method }: Pick<Destination, 'method'>,
  { url, headers, signingSecret, previousSigningSecret }: Omit<DestinationValue, 'auth'>,
  { id, body, headers: own, marks, hops }: DeliveryMessage,
  attempt: { proof: RequestProof; at: Date; isInGrace: boolean },
): DeliveryRequest {
  const { proof, at, isInGrace } = attempt;
  const secrets = [signingSecret, ...(isInGrace && previousSigningSecret ? [previousSigningSecret] : [])];
  return {
    url,
    method,
    headers: mergedHeaders(
      ofHooklatch,
      own,
      headers,
      authHeaders(proof),
      marks,
      signatureHeaders({ id, at, body }, secrets),
    ),
    body,
    ...(hops !== undefined && { hops }),
  };
}
