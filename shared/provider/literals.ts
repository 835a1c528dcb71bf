/**
 * The type of `literals`, which each file in `shared/provider/presets/` exports for the tests: requests of the sender and the
 * expected answers, written out as text. They repeat the preset on purpose, so that a wrong value in the preset fails a test.
 * Unless `origin` is a URL, nobody has compared them with the sender's documentation. Secrets, names and ids are made up.
 */
import type { Handshake, Preset } from './preset.ts';

/**
 * Where the text of a request comes from. `by hand`: written in the format that the preset describes. `Python 3` or
 * `OpenSSL 3`: written by hand too, but this program made the signature, or the HMAC in the answer. A URL: copied from this
 * page of the sender's documentation.
 *
 * Example for Python: `hmac.new(secret, message, hashlib.sha256).hexdigest()`. Examples for OpenSSL:
 * `openssl pkeyutl -sign -rawin` for Ed25519, and `openssl dgst -sha256 -sign` for other private keys.
 */
type Origin = 'by hand' | 'Python 3' | 'OpenSSL 3' | `https://${string}`;

/** A delivery, and what the preset finds in it. */
export interface LiteralDelivery {
  origin: Origin;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The event's type. It is `webhook` if the delivery has none. */
  type: string;
  /** Absent if the delivery has no id. */
  deliveryId?: string;
  /** The id and the type of each item, if the delivery is a batch. */
  items?: readonly (readonly [id: string | undefined, type: string | undefined])[];
}

/** A delivery with a signature. It is signed at 2026-03-01T12:00:00Z. */
export interface SignedLiteral extends LiteralDelivery {
  /** The name of the older scheme that signs it, if it is not the preset's own scheme. */
  scheme?: string;
  /** What the sender signs. */
  signs: string;
  /** The secret, or the public key. */
  secret: string;
  /** A secret that is not the right one. By default, the secret with one character changed. */
  otherSecret?: string;
  /** By default `https://hooks.example.com/hooks/orders/ep_1`. */
  url?: string;
  /** For how many seconds before and after its time it is valid. Without it, it is always valid. */
  validSeconds?: number;
  /** Another body would have the same signature. */
  isBodyOpen?: true;
}

/** A delivery with a signature that must be refused, although the secret and the message are right. */
export interface RefusedLiteral
  extends Pick<SignedLiteral, 'origin' | 'scheme' | 'url' | 'secret' | 'headers' | 'body'> {
  why: string;
  /** The reason of the rejection. */
  reason: string;
}

/** A request that may be a handshake. */
export interface LiteralRequest {
  method: Handshake['method'];
  /** Without `?`. */
  query?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

/** A handshake, and the answer that the sender expects with status 200. The secret is `it is a secret`. */
export interface LiteralHandshake extends LiteralRequest {
  origin: Origin;
  /** What the request must prove. `verifyToken` is the value of the token in the query. */
  proof: Handshake['proof'];
  /** The text that the sender wants back, the secret that it delivers, or the URL that it wants called. */
  challenge?: string;
  answer: { headers: Readonly<Record<string, string>>; body: string };
}

/** A request with the token `hle_of-the-sender-0123`. */
export interface RequestWithToken {
  headers?: Readonly<Record<string, string>>;
  query?: string;
  /** The part of the path after the endpoint's own. */
  rest?: string;
  body?: string;
}

/** The usual places of a token. `webhookToken` is the header `x-webhook-token`. `authorization` has no `Bearer`. */
export type TokenPlace = 'basic' | 'bearer' | 'authorization' | 'webhookToken' | 'query' | 'path';

/** What a sender demands, sends and expects. */
export interface Literals {
  /** What a delivery must carry. */
  demands: Preset['kind'];
  /** Who makes the secret. */
  secretFrom: 'operator' | 'sender' | 'handshake';
  /** Where the sender can put a token. A place that is not usual is a request with the token there. */
  tokenIn?: readonly (TokenPlace | RequestWithToken)[];
  /** The answer to a stored delivery. By default status 202 with the event's id. */
  answer?: { status: number; contentType: string; body: string };
  /** The status of a rejection. By default 403. */
  rejectionStatus?: 401;
  /** The signature does not cover the body. */
  isBodyOpen?: true;
  /** One for each scheme and each place of the type. */
  signed?: readonly SignedLiteral[];
  /** For a sender whose proof is a token, or a certificate that the operator's scheme names. */
  unsigned?: readonly LiteralDelivery[];
  refused?: readonly RefusedLiteral[];
  handshakes?: readonly LiteralHandshake[];
  /** Requests that look like a handshake, but are not one. */
  noHandshakes?: readonly LiteralRequest[];
  /** Wrong values in the preset that no request can reveal, each with the reason. */
  invisible?: Readonly<Record<string, string>>;
}
