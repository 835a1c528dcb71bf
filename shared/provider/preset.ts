/**
 * A preset: what is known of a sender, so that an operator who picks it has to think of nothing. A preset is data, in
 * `shared/provider/`; what its endpoint's settings name wins over it.
 */
import type { Placement } from '../credential/token-placement.ts';
import type { Answer, Dedupe } from '../settings/settings.ts';
import type { Batch } from '../settings/split.ts';
import type { ValueLocation } from '../settings/value-location.ts';
import type { Scheme } from '../signature/scheme.ts';

/** Something that a request must have: exactly this value, or one that begins so, if that is said; or must not have. */
export type Mark = ValueLocation & { equals?: string; begins?: string; absent?: true };

/**
 * What a handshake is answered, beside the status, which is 200 unless said otherwise. The challenge is what stands at
 * the handshake's `challenge`.
 */
export type HandshakeAnswer =
  | { with: 'nothing'; status?: number }
  /** These bytes. */
  | { with: 'constant'; body: string; contentType: 'application/json' | 'text/plain' }
  /** The challenge, as plain text. */
  | { with: 'text' }
  /** The challenge, in this field of a JSON object. */
  | { with: 'json'; field: string }
  /** The challenge, in this header; with further headers as they are here. */
  | { with: 'header'; name: string; more?: Record<string, string> }
  /**
   * The challenge's HMAC-SHA256 under the secret, in this field of a JSON object; `echo` is the field of the challenge
   * itself. Without a proof it must be answered for short words of letters and digits alone: for anything else the
   * answer would be the signature of a forged body.
   */
  | { with: 'hmac'; field: string; encoding: 'hex' | 'base64'; prefix?: string; echo?: string }
  /** Nothing, after the URL at the challenge was called. */
  | { with: 'confirmation' };

/** A request by which a sender asks whether a URL is meant for it, and which is no event. */
export interface Handshake {
  method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
  /** All of them must be there. */
  when: readonly Mark[];
  /**
   * `delivery`: it must prove what a delivery must. `none`: anybody is answered, because the answer gives nothing away.
   * `verifyToken`: it must have the endpoint's verify token in the query under this name. `window`: it delivers the
   * secret, and is taken only while the operator's window is open.
   */
  proof: 'delivery' | 'none' | 'window' | { verifyToken: string };
  challenge?: ValueLocation;
  answer: HandshakeAnswer;
}

/** How a sender behaves. */
export interface Preset {
  /** What a delivery must prove: a token, a signature, or both where the signature does not cover the body. */
  kind: 'token' | 'signature' | 'both';
  /** Where the sender can put a token; beside `signature` it counts where an operator asks for a token in its place. */
  accept?: readonly Placement[];
  /** The strongest scheme that the sender has; absent where the operator has to say more, as for PayPal and SNS. */
  scheme?: Scheme;
  /** Only where the operator completes the scheme: its signature leaves a way to change the body. */
  coversBody?: false;
  /** Older or weaker schemes by name, such as `github-sha1`: used only if the operator names one. */
  older?: Readonly<Record<string, Scheme>>;
  dedupe?: Dedupe;
  /** Where the event's type stands; the first that is there counts. */
  type?: readonly Exclude<ValueLocation, { in: 'query' }>[];
  batch?: Batch;
  handshakes?: readonly Handshake[];
  answer?: Answer;
  /** The status of a refusal, where the sender wants another than 403. */
  refusal?: 401;
  /** Who makes the secret; the operator, unless said otherwise. */
  secretFrom?: 'sender' | 'handshake';
}

/** What a person has to know to set the sender up. */
export interface Guide {
  name: string;
  /** The sender's own documentation. */
  docs: string;
  /** Where in the sender's settings the URL goes, and where the secret does or comes from; a sentence each. */
  url: string;
  secret: string;
  /** How every secret of this sender begins, so that another key that it shows is not taken for one. */
  secretPrefix?: string;
  /** What to choose where the sender lets one choose how bodies are written; a sentence. */
  contentType?: string;
  /** Seconds in which the sender wants its answer, where it is known. */
  deadlineSeconds?: number;
  /** `stated`: read in the sender's own material. `known`: common knowledge, to be checked before it is relied on. */
  confidence: 'stated' | 'known';
}

/**
 * Whether deliveries of this sender must be JSON objects, so that no answer to one of its handshakes is the signature of a
 * delivery.
 */
export const objectOnly = ({ handshakes = [] }: Preset): boolean =>
  handshakes.some(({ answer }) => answer.with === 'hmac');
