/**
 * What each file in `shared/endpoints/provider/presets/` exports: `preset` for programs, `guide` for people, `sample` to send and for
 * tests, `literals` for tests. They are separate exports, so that the functions that senders wait for contain only the presets.
 */
import type { Placement } from '../credential/token-placement.ts';
import type { Answer, Dedupe } from '../settings/settings.ts';
import type { Batch } from '../settings/split.ts';
import type { ValueLocation } from '../settings/value-location.ts';
import type { Scheme } from '../signature/scheme.ts';
/** A condition on a request. Without `equals`, `begins` and `absent`, the place only has to exist. */
export type Mark = ValueLocation & {
    equals?: string;
    begins?: string;
    absent?: true;
};
/**
 * How a handshake is answered. The status is 200 unless `status` says otherwise. The challenge is the value at the
 * place that the handshake's `challenge` names.
 */
export type HandshakeAnswer = {
    with: 'nothing';
    status?: number;
}
/** These bytes. */
 | {
    with: 'constant';
    body: string;
    contentType: 'application/json' | 'text/plain';
}
/** The challenge, as plain text. */
 | {
    with: 'text';
}
/** The challenge, in this field of a JSON object. */
 | {
    with: 'json';
    field: string;
}
/** The challenge, in this header. `more` are further headers with fixed values. */
 | {
    with: 'header';
    name: string;
    more?: Record<string, string>;
}
/**
 * The challenge's HMAC-SHA256 under the secret, in this field of a JSON object. `echo` names the field for the
 * challenge itself. If the handshake has no proof, only challenges of a few letters and digits are answered:
 * otherwise a stranger could send the body of a delivery as the challenge, and get the signature of that body.
 */
 | {
    with: 'hmac';
    field: string;
    encoding: 'hex' | 'base64';
    prefix?: string;
    echo?: string;
}
/** An empty body. Before this answer, Hooklatch calls the URL in the challenge. */
 | {
    with: 'confirmation';
};
/** A request by which a sender checks a URL before it uses it. It is not an event. */
export interface Handshake {
    method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
    /** A request is this handshake only if it meets all these conditions. */
    when: readonly Mark[];
    /**
     * `delivery`: the request must carry the same proof as a delivery. `none`: everybody gets the answer, because it
     * reveals nothing. `verifyToken`: the query must have the endpoint's verify token under this name. `window`: the
     * request delivers the secret, and is accepted only while the operator's window is open.
     */
    proof: 'delivery' | 'none' | 'window' | {
        verifyToken: string;
    };
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
    /**
     * Set if the signature does not cover the body and `scheme` is absent. If `scheme` is present, it shows what is
     * covered.
     */
    coversBody?: false;
    /** Older or weaker schemes by name, such as `github-sha1`. Such a scheme is used only if the operator names it. */
    older?: Readonly<Record<string, Scheme>>;
    /** Where a delivery by `scheme` has its id. */
    dedupe?: Dedupe;
    /** Further places of the id. If `dedupe` is not signed, the first of these that the chosen scheme signs is the id. */
    otherIds?: readonly Dedupe[];
    /** Where the event's type can be. The first place with a value counts. */
    type?: readonly Exclude<ValueLocation, {
        in: 'query';
    }>[];
    batch?: Batch;
    handshakes?: readonly Handshake[];
    answer?: Answer;
    /** The status of a rejection, if the sender expects a status other than 403. */
    rejectionStatus?: 401;
    /** Who makes the secret. If absent, the operator makes it. */
    secretFrom?: 'sender' | 'handshake';
}
/** What a person has to know to set the sender up. */
export interface Guide {
    name: string;
    /** The sender's own documentation. */
    docs: string;
    /** Where in the sender's settings the URL goes. A sentence. */
    url: string;
    /** Where the operator enters the secret, or finds it. A sentence. */
    secret: string;
    /** The sender signs, but not the delivery's id: whoever captures a delivery can repeat it under another id. */
    unsignedId?: true;
    /** How every secret of this sender begins. A text with another beginning is not the secret. */
    secretPrefix?: string;
    /** What to choose if the sender offers several content types. A sentence. */
    contentType?: string;
    /** What the sender sends by itself or on request as a test, if known. A sentence. */
    test?: string;
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
    /** The event type that is read from this delivery. If absent, the delivery has no event type. */
    type?: string;
    /** The id that is read from this delivery. If absent, the delivery has no id. */
    deliveryId?: string;
    /**
     * The sender's handshakes, before they are signed. If a test must compute the secret or the answer of a handshake,
     * that handshake is in `test/e2e/handshakes.test.ts` instead.
     */
    handshakes?: readonly HandshakeSample[];
}
/** A handshake as the sender makes it, and the answer that the sender expects with status 200. */
export interface HandshakeSample {
    method: Handshake['method'];
    /** Begins with `?`. */
    query?: string;
    headers?: Readonly<Record<string, string>>;
    /** A text is sent as it is, anything else as JSON. */
    body?: unknown;
    answer: {
        headers?: Readonly<Record<string, string>>;
        body?: string;
    };
}
/**
 * Whether deliveries of this sender must be JSON objects. They must if the answer to a handshake contains a signature,
 * so that this signature can't be used for a delivery.
 */
export declare const objectOnly: ({ handshakes }: Preset) => boolean;
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
    /** The secret, or the public key. By default `it is a secret`. */
    secret?: string;
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
export interface RefusedLiteral extends Pick<SignedLiteral, 'origin' | 'scheme' | 'url' | 'secret' | 'headers' | 'body'> {
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
    answer: {
        headers: Readonly<Record<string, string>>;
        body: string;
    };
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
/**
 * What a sender demands, sends and expects: requests and the expected answers, written out as text. They repeat the preset on purpose, so
 * that a wrong value in the preset fails a test. Unless `origin` is a URL, nobody has compared them with the sender's documentation.
 * Secrets, names and ids are made up.
 */
export interface Literals {
    /** What a delivery must carry. */
    demands: Preset['kind'];
    /** Who makes the secret. */
    secretFrom: 'operator' | 'sender' | 'handshake';
    /** Where the sender can put a token. A place that is not usual is a request with the token there. */
    tokenIn?: readonly (TokenPlace | RequestWithToken)[];
    /** The answer to a stored delivery. By default status 202 with the event's id. */
    answer?: {
        status: number;
        contentType: string;
        body: string;
    };
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
export {};
