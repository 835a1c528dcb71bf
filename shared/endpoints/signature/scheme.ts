/**
 * The way in which a webhook sender signs its requests, as data. A scheme says where the signature and the time are,
 * what is signed, with which algorithm, and in which form the secret is written. `verify-signature.ts` verifies
 * requests by their scheme.
 *
 * Five senders need their own code, because their signed message depends on the request: `twilio`, `adyen`,
 * `contentful`, `sns`, `paypal`. The last two sign with a certificate, which `certificate.ts` finds.
 */
import * as z from 'zod/mini';
import { pointerSchema } from '../../ground/base/json-pointer.ts';
import { schema } from '../../ground/base/schema.ts';
import { secondsPerDay } from '../../ground/base/time.ts';
import { headerNameSchema } from '../credential/token-placement.ts';

/** The longest texts of a scheme, in characters. */
const maxPrefix = 32;
const maxFormField = 64;
const maxLiteral = 256;
const maxRequiredHeader = 128;
const maxJwtClaim = 256;
const maxWebhookId = 64;
/** The longest lists of a scheme. */
const maxSignatureSources = 4;
const maxMessageParts = 16;
const maxRequiredHeaders = 4;
const maxTopics = 16;
/** The largest tolerances of time. The tolerance for a JWT is smaller, because a JWT also has an expiry time. */
const maxToleranceSeconds = secondsPerDay;
const maxJwtToleranceSeconds = 3600;
const maxToleranceDays = 30;

const textSchema = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest));

/**
 * How to read a value of a request. With a `separator` the value is a list, and each element is trimmed. With a
 * `prefix`, only elements that begin with the prefix count, and the prefix is removed. For `t=1,v1=ab` use `{separator:
 * ',', prefix: 'v1='}`, for `v1,ab v1a,cd` use `{separator: ' ', prefix: 'v1,'}`. `bare` accepts elements without the
 * prefix too.
 */
const valueOptions = /* @__PURE__ */ schema(() => ({
  separator: z.optional(z.enum([',', ';', ' '])),
  prefix: z.optional(textSchema(maxPrefix)),
  bare: z.optional(z.literal(true)),
}));

export const valueSourceSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('in', [
    z.strictObject({ in: z.literal('header'), name: headerNameSchema, ...valueOptions }),
    /** Headers numbered from 1, such as `x-docusign-signature-1`. `name` is the text before the number. */
    z.strictObject({ in: z.literal('numberedHeaders'), name: headerNameSchema, ...valueOptions }),
    /** A field of a JSON or form-encoded body. Without a path, the whole body. */
    z.strictObject({ in: z.literal('body'), path: z.optional(pointerSchema), ...valueOptions }),
  ]),
);
export type ValueSource = z.infer<typeof valueSourceSchema>;

/** A part of the signed message. Parts are joined without separators; see `message-boundary.ts`. */
export const messagePartSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('part', [
    /** The body's bytes as received. */
    z.strictObject({ part: z.literal('body') }),
    /**
     * The CRC-32 of the body's bytes as a decimal number. The CRC-32 does not protect the body, because another body
     * with the same CRC-32 is easy to make.
     */
    z.strictObject({ part: z.literal('bodyCrc32') }),
    /**
     * The fields of a form-encoded body, sorted by name: each name, then its distinct values, sorted. `only` names the
     * single field that the form may have. With several fields, nothing would show where a name ends and its value
     * begins.
     */
    z.strictObject({ part: z.literal('sortedForm'), only: z.optional(textSchema(maxFormField)) }),
    /** The text at the scheme's `timestamp`. */
    z.strictObject({ part: z.literal('timestamp') }),
    /** The value of a header or a body field, such as the delivery id. A request without it is rejected. */
    z.strictObject({ part: z.literal('value'), source: valueSourceSchema }),
    /** The URL as the sender has it, with its query. `decoded` decodes the escapes that HubSpot decodes. */
    z.strictObject({ part: z.literal('url'), decoded: z.optional(z.literal(true)) }),
    z.strictObject({ part: z.literal('method') }),
    z.strictObject({ part: z.literal('secret') }),
    z.strictObject({ part: z.literal('literal'), text: textSchema(maxLiteral) }),
  ]),
);
export type MessagePart = z.infer<typeof messagePartSchema>;

/** The location of the time of signing. A request more than `tolerance` seconds in the past or future is rejected. */
export const timestampSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    source: valueSourceSchema,
    /** Seconds or milliseconds since the epoch, RFC 3339, or IMF-fixdate (RFC 9110). */
    unit: z.enum(['s', 'ms', 'rfc3339', 'imf']),
    /**
     * Seconds. Omit the tolerance for senders whose retries keep the time of the first attempt. Without a tolerance, the
     * age is not checked.
     */
    tolerance: z.optional(z.int().check(z.minimum(1), z.maximum(maxToleranceSeconds))),
  }),
);
export type Timestamp = z.infer<typeof timestampSchema>;

/** The form in which the sender's console shows a shared secret. A `prefix` is removed if present. */
export const secretFormSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    form: z.enum(['utf8', 'hex', 'base64']),
    prefix: z.optional(textSchema(maxPrefix)),
  }),
);
export type SecretForm = z.infer<typeof secretFormSchema>;

/** The form of a public key: PEM (also a certificate), base64 of SPKI, or the 32 bytes of an Ed25519 key. */
export const publicKeyFormSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    form: z.enum(['pem', 'spki', 'rawHex', 'rawBase64']),
    prefix: z.optional(textSchema(maxPrefix)),
  }),
);
export type PublicKeyForm = z.infer<typeof publicKeyFormSchema>;

/** A header that must have exactly this value, such as the version of the signature. */
const requirementSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({ header: headerNameSchema, equals: textSchema(maxRequiredHeader) }),
);

const signedFields = /* @__PURE__ */ schema(() => ({
  encoding: z.enum(['hex', 'base64', 'base64url']),
  /** The locations of signatures. One valid signature is enough. */
  signatures: z.array(valueSourceSchema).check(z.minLength(1), z.maxLength(maxSignatureSources)),
  message: z.array(messagePartSchema).check(z.minLength(1), z.maxLength(maxMessageParts)),
  timestamp: z.optional(timestampSchema),
  requires: z.optional(z.array(requirementSchema).check(z.maxLength(maxRequiredHeaders))),
}));

const jwtFields = /* @__PURE__ */ schema(() => ({
  kind: z.literal('jwt'),
  token: valueSourceSchema,
  /** The largest difference of the clocks, in seconds. */
  tolerance: z.int().check(z.minimum(0), z.maximum(maxJwtToleranceSeconds)),
  /**
   * The audience that the token must name, by itself or in a list. A sender with many customers has one audience for
   * each customer.
   */
  aud: z.optional(textSchema(maxJwtClaim)),
  /** The issuer that the token must name. */
  iss: z.optional(textSchema(maxJwtClaim)),
}));

/**
 * A JWT. A JWT does not cover the body, unless the body itself is the JWT. `exp` is required; `nbf` and `iat` are
 * checked if present.
 */
const jwtSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('algorithm', [
    z.strictObject({ algorithm: z.literal('HS256'), key: secretFormSchema, ...jwtFields }),
    z.strictObject({ algorithm: z.literal('RS256'), key: publicKeyFormSchema, ...jwtFields }),
  ]),
);

/** The ARN of a standard topic, in the partition of its region. */
const topicArnForm =
  /^arn:aws(:sns:(?!cn-|us-gov-)|-cn:sns:(?=cn-)|-us-gov:sns:(?=us-gov-))[a-z]{2}(-[a-z]{2,12}){1,2}-\d{1,2}:\d{12}:[\w-]{1,256}$/;
const topicArnSchema = /* @__PURE__ */ schema(() =>
  z
    .string()
    .check(z.regex(topicArnForm, "must be a topic's ARN, such as arn:aws:sns:eu-central-1:123456789012:orders")),
);

export const schemeSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('hmac'),
      algorithm: z.enum(['sha1', 'sha256', 'sha512']),
      key: secretFormSchema,
      ...signedFields,
    }),
    /** A plain digest over a message that contains the secret. Weaker than an HMAC, but still used. */
    z
      .strictObject({
        kind: z.literal('digest'),
        algorithm: z.enum(['sha1', 'sha256', 'sha512']),
        key: secretFormSchema,
        ...signedFields,
      })
      .check(z.refine((scheme) => scheme.message.some(({ part }) => part === 'secret'), 'must contain the secret')),
    /** The secret is the sender's public key, or a certificate that the caller fetched and verified. */
    z.strictObject({
      kind: z.literal('publicKey'),
      algorithm: z.enum(['ed25519', 'ecdsa-p256', 'rsa-sha256']),
      key: publicKeyFormSchema,
      ...signedFields,
    }),
    jwtSchema,
    /**
     * HMAC-SHA1 over the URL and the sorted form, or over a URL with the body's SHA-256. The signed URL may have another
     * port.
     */
    z.strictObject({ kind: z.literal('twilio') }),
    /** HMAC-SHA256 over eight fields of each item of the body. The body contains the signatures too. */
    z.strictObject({ kind: z.literal('adyen') }),
    /** HMAC-SHA256 over a canonical form of the request, which lists the signed headers. */
    z.strictObject({
      kind: z.literal('contentful'),
      tolerance: z.int().check(z.minimum(1), z.maximum(maxToleranceSeconds)),
    }),
    /**
     * RSA over the fields of an Amazon SNS message. The secret is the certificate, which the caller fetches and verifies.
     * All AWS customers' topics are signed with the same key, so only messages of the topics in the scheme count.
     */
    z.strictObject({
      kind: z.literal('sns'),
      topicArns: z.array(topicArnSchema).check(z.minLength(1), z.maxLength(maxTopics)),
    }),
    /**
     * RSA-SHA256 over the delivery id, its time, the webhook id and the body's CRC-32. The secret is the certificate, as
     * with SNS. All customers' webhooks are signed with the same key; the webhook id distinguishes them. A delivery is
     * accepted for `toleranceDays` after its time; the default is in `certificate-scheme.ts`.
     */
    z.strictObject({
      kind: z.literal('paypal'),
      webhookId: textSchema(maxWebhookId).check(
        z.regex(/^[0-9A-Za-z-]+$/, "must be the webhook's ID from PayPal's dashboard"),
      ),
      toleranceDays: z.optional(z.int().check(z.minimum(1), z.maximum(maxToleranceDays))),
    }),
  ]),
);
export type Scheme = z.infer<typeof schemeSchema>;

/** Schemes that are completely described by data. */
export type TemplateScheme = Extract<Scheme, { message: unknown }>;

/** Schemes that need the sender's own code; see `sender-scheme.ts`. */
export type SenderScheme = Extract<Scheme, { kind: 'twilio' | 'adyen' | 'contentful' | 'sns' | 'paypal' }>;

export type JwtScheme = Extract<Scheme, { kind: 'jwt' }>;
