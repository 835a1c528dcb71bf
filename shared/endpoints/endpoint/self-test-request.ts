/** What an operator asks the test of an endpoint to send. */
import * as z from 'zod/mini';

/** The largest body that a test sends, in bytes. */
export const maxSentBytes = 1024 * 1024;

/**
 * The largest request to send such a body, in bytes. In JSON most texts grow to less than the double, and base64 by a
 * third.
 */
export const maxSendRequestBytes = 2 * maxSentBytes + 16 * 1024;

const headerValue = z
  .string()
  .check(z.regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?$/, 'must be printable ASCII, at most 256 characters'));

/** A type as a header can carry it. */
const typeText = z
  .string()
  .check(z.regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?$/, 'must be printable ASCII, at most 128 characters'));

const bodyText = z
  .string()
  .check(z.refine((text) => Buffer.byteLength(text) <= maxSentBytes, `can be at most ${maxSentBytes} bytes`));

const bodyBase64 = z.base64().check(
  z.refine((text) => Buffer.byteLength(text, 'base64') <= maxSentBytes, {
    error: `can be at most ${maxSentBytes} bytes before base64`,
  }),
);

const fieldsSchema = z.strictObject({
  /** Publish the event of the test too. By default it is only stored. */
  publish: z._default(z.boolean(), false),
  /** Send it without the mark of a test: it is counted, published and routed as the sender's own. */
  real: z._default(z.boolean(), false),
  /** Send the sample of the connection's sender. By default a plain sample: only an id and the type `hooklatch.test`. */
  sample: z._default(z.boolean(), false),
  /** The event type: of the sender's sample, or of the body. */
  type: z.optional(typeText),
  /** Send what this event of the connection was. */
  eventId: z.optional(z.string()),
  /** Send this text. */
  body: z.optional(bodyText),
  /** Send these bytes. */
  bodyBase64: z.optional(bodyBase64),
  /** Of the body. Default: JSON. */
  contentType: z.optional(headerValue),
});
export type SelfTestRequest = z.infer<typeof fieldsSchema>;

/** The fields of a request that are set and say what to send. */
const sourcesIn = ({ sample, eventId, body, bodyBase64 }: SelfTestRequest): string[] => [
  ...(sample ? ['sample'] : []),
  ...(eventId === undefined ? [] : ['eventId']),
  ...(body === undefined ? [] : ['body']),
  ...(bodyBase64 === undefined ? [] : ['bodyBase64']),
];

/** What is wrong with fields that do not go together. */
function* faultsOf(request: SelfTestRequest): Generator<{ field: keyof SelfTestRequest; message: string }> {
  const [, second] = sourcesIn(request);
  const { eventId, body, bodyBase64, contentType, type, real, publish } = request;
  if (second !== undefined)
    yield {
      field: second as keyof SelfTestRequest,
      message: 'says what to send for a second time; send one of sample, eventId, body and bodyBase64',
    };
  if (contentType !== undefined && body === undefined && bodyBase64 === undefined)
    yield { field: 'contentType', message: 'goes with body or bodyBase64; the others have their own' };
  if (type !== undefined && eventId !== undefined)
    yield { field: 'type', message: 'does not go with eventId, whose event has its type' };
  if (real && publish) yield { field: 'publish', message: 'does not go with real, which is published as any webhook' };
  if (real && sourcesIn(request).length === 0 && type === undefined)
    yield { field: 'real', message: 'needs something to send: sample, type, eventId, body or bodyBase64' };
}

export const selfTestRequestSchema = fieldsSchema.check(
  z.check(({ value, issues }) => {
    for (const { field, message } of faultsOf(value))
      issues.push({ code: 'custom', input: value, path: [field], message });
  }),
);
