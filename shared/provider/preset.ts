/**
 * What each file in `shared/provider/presets/` exports: `preset` for programs, `guide` for people, `sample` for tests.
 * They are separate exports, so that the functions that senders wait for bundle the presets alone.
 */
import type { Placement } from '../credential/token-placement.ts';
import type { Answer, Dedupe } from '../settings/settings.ts';
import type { Batch } from '../settings/split.ts';
import type { ValueLocation } from '../settings/value-location.ts';
import type { Scheme } from '../signature/scheme.ts';

/** A condition on a request. Without `equals`, `begins` and `absent`, the place only has to exist. */
export type Mark = ValueLocation & { equals?: string; begins?: string; absent?: true };

/**
 * How a handshake is answered. The status is 200 unless `status` says otherwise. The challenge is the value at the
 * handshake's `challenge`.
 */
export type HandshakeAnswer =
  | { with: 'nothing'; status?: number }
  /** These bytes. */
  | { with: 'constant'; body: string; contentType: 'application/json' | 'text/plain' }
  /** The challenge, as plain text. */
  | { with: 'text' }
  /** The challenge, in this field of a JSON object. */
  | { with: 'json'; field: string }
  /** The challenge, in this header. `more` are further headers with fixed values. */
  | { with: 'header'; name: string; more?: Record<string, string> }
  /**
   * The challenge's HMAC-SHA256 under the secret, in this field of a JSON object. `echo` names the field for the
   * challenge itself. If the handshake has no proof, only challenges of a few letters and digits are answered:
   * otherwise a stranger could send a body as the challenge and get its signature.
   */
  | { with: 'hmac'; field: string; encoding: 'hex' | 'base64'; prefix?: string; echo?: string }
  /** An empty body, after a call to the URL in the challenge. */
  | { with: 'confirmation' };

/** A request by which a sender checks a URL before it uses it. It is not an event. */
export interface Handshake {
  method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
  /** The request must meet all of them. */
  when: readonly Mark[];
  /**
   * `delivery`: the request must prove what a delivery proves. `none`: everybody gets the answer, because it reveals
   * nothing. `verifyToken`: the query must have the endpoint's verify token under this name. `window`: the request
   * delivers the secret, and is accepted only while the operator's window is open.
   */
  proof: 'delivery' | 'none' | 'window' | { verifyToken: string };
  challenge?: ValueLocation;
  answer: HandshakeAnswer;
}

/** How a sender behaves. If an endpoint's settings say otherwise, the settings win. */
export interface Preset {
  /** What a delivery must carry: a token, a signature, or both if the signature does not cover the body. */
  kind: 'token' | 'signature' | 'both';
  /** Where the sender can put a token. With `signature`, it applies only if an operator chooses a token instead. */
  accept?: readonly Placement[];
  /** The strongest scheme of the sender. Absent if the operator has to complete it, as for PayPal and SNS. */
  scheme?: Scheme;
  /** Set only if `scheme` is absent, and the signature does not cover the body. */
  coversBody?: false;
  /** Older or weaker schemes by name, such as `github-sha1`. One is used only if the operator names it. */
  older?: Readonly<Record<string, Scheme>>;
  dedupe?: Dedupe;
  /** Where the event's type can be. The first place with a value counts. */
  type?: readonly Exclude<ValueLocation, { in: 'query' }>[];
  batch?: Batch;
  handshakes?: readonly Handshake[];
  answer?: Answer;
  /** The status of a rejection, if the sender expects another than 403. */
  rejectionStatus?: 401;
  /** Who makes the secret. If absent, the operator does. */
  secretFrom?: 'sender' | 'handshake';
}

/** What a person has to know to set the sender up. */
export interface Guide {
  name: string;
  /** The sender's own documentation. */
  docs: string;
  /** Where in the sender's settings the URL goes. A sentence. */
  url: string;
  /** Where the secret goes, or comes from. A sentence. */
  secret: string;
  /** How every secret of this sender begins. A text that begins otherwise is some other key. */
  secretPrefix?: string;
  /** What to choose if the sender offers several content types. A sentence. */
  contentType?: string;
  /** Seconds in which the sender expects its answer, if known. */
  deadlineSeconds?: number;
  /** `stated`: read in the sender's own material. `known`: common knowledge, to be checked before it is relied on. */
  confidence: 'stated' | 'known';
}

/** A delivery as the sender writes it, before it is signed. All names, ids and addresses in it are made up. */
export interface Sample {
  headers: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON. */
  body: unknown;
  /** The event's type that is read from it. If absent, it has none. */
  type?: string;
  /** The delivery's id that is read from it. If absent, it has none. */
  deliveryId?: string;
  /**
   * Its handshakes, before they are signed. Those whose secret or answer a test has to compute are in
   * `test/e2e/handshakes.test.ts` instead.
   */
  handshakes?: readonly HandshakeSample[];
}

/** A handshake as the sender makes it, and what it expects with status 200. */
export interface HandshakeSample {
  method: Handshake['method'];
  /** Begins with `?`. */
  query?: string;
  headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON. */
  body?: unknown;
  answer: { headers?: Readonly<Record<string, string>>; body?: string };
}

/**
 * Whether deliveries of this sender must be JSON objects. This keeps the answer to a handshake from being the signature
 * of a delivery.
 */
export const objectOnly = ({ handshakes = [] }: Preset): boolean =>
  handshakes.some(({ answer }) => answer.with === 'hmac');
