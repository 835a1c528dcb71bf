/** A webhook as its handler gets it. */
import { type ReadBody } from './body-object.ts';
/** One item of a delivery that was split. */
export interface ItemOfDelivery {
    /** The id of the delivery's event. */
    of: string;
    /** The item's position, from 1. */
    index: number;
    count: number;
}
export interface Webhook {
    /** The same for each copy of the event. */
    readonly id: string;
    readonly connection: string;
    readonly provider: string;
    readonly type: string;
    /** The sender's own id of the delivery, if it sends one. */
    readonly deliveryId?: string | undefined;
    /** The time at which Hooklatch received it, in ISO 8601. */
    readonly receivedAt: string;
    /** The number of times that an operator had published it again. */
    readonly replay: number;
    /** Whether an operator's test sent it. */
    readonly test: boolean;
    readonly method: string;
    readonly contentType?: string | undefined;
    /** By name in lower case. Tokens are redacted. */
    readonly headers: Readonly<Record<string, string>>;
    /** The query of the URL as it was sent, without its question mark. Tokens are redacted. */
    readonly query: string;
    /** What the URL had behind the endpoint's own path. Tokens are redacted. */
    readonly path: string;
    readonly item?: ItemOfDelivery | undefined;
    /** The digest, in hex, and the number of the bytes that the sender sent. */
    readonly sha256: string;
    readonly size: number;
    /**
     * The sender's exact bytes.
     * @throws BytesNotExact if they can't be had
     */
    bytes(): Promise<Buffer>;
    /** The body as text. Where its exact bytes can't be had, JSON may be written otherwise than the sender wrote it, and a token is masked. */
    text(): Promise<string>;
    /**
     * The body, parsed.
     * @throws SyntaxError if the body is not JSON
     */
    json<T = unknown>(): Promise<T>;
}
export interface WebhookOptions {
    /** Reads a body that is too large for the bus. By default with S3's client, in the function's own region. */
    readBody?: ReadBody | undefined;
}
/**
 * Makes a webhook of what a consumer was given: an event of the bus, a message of SQS or a notification of SNS with one, or what Lambda
 * gives a function for one such message. A large body is fetched when it is asked for.
 * @throws NotAWebhook if it is not exactly one webhook
 */
export declare function webhookFrom(given: unknown, { readBody }?: WebhookOptions): Webhook;
