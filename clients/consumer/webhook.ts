/** A webhook as its handler gets it. */
import { type ReadBody, readFromBucket } from './body-object.ts';
import { busEventIn, type Detail } from './bus-event.ts';
import { BytesNotExact, type FoundBody, findBody, whyNotExact } from './webhook-body.ts';

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

/** The same promise for each call, unless it fails. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

async function exactBytes(detail: Detail, found: () => Promise<FoundBody>): Promise<Buffer> {
  const { exact } = await found();
  if (!exact) throw new BytesNotExact(detail, whyNotExact(detail));
  return exact;
}

/**
 * Makes a webhook of what a consumer was given: an event of the bus, a message of SQS or a notification of SNS with one, or what Lambda
 * gives a function for one such message. A large body is fetched when it is asked for.
 * @throws NotAWebhook if it is not exactly one webhook
 */
export function webhookFrom(given: unknown, { readBody = readFromBucket }: WebhookOptions = {}): Webhook {
  const event = busEventIn(given);
  const { detail } = event;
  const { replay = 0, test = false, tokenIn: _, data, dataBase64: __, bodyLocation: ___, ...fields } = detail;
  const found = once(() => findBody(event, readBody));
  const text = async (): Promise<string> => (await found()).nearest.toString('utf8');
  return {
    ...fields,
    replay,
    test,
    bytes: () => exactBytes(detail, found),
    text,
    json: async <T>() => (data === undefined ? JSON.parse(await text()) : data) as T,
  };
}
