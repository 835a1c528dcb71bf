/**
 * How a webhook sender signs its requests, as data. A scheme says where the signature and the time stand, what exactly
 * is signed, with which algorithm, and in which form the secret is written down. `signature.ts` is its only reader.
 *
 * Five senders can't be said so, because what they sign depends on the request: `twilio`, `adyen`, `contentful`, `sns`,
 * `paypal`. The last two sign with a certificate that has to be fetched, which `certificate.ts` does.
 */
import * as z from 'zod/mini';
import { pointerSchema } from '../base/json-pointer.ts';
import { headerNameSchema } from '../credential/token-placement.ts';

const textSchema = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest));

/**
 * A value of a request. With a `separator` the value is a list and each element is trimmed; with a `prefix` only the
 * elements that begin with it are meant, without it: `t=1,v1=ab` is `{separator: ',', prefix: 'v1='}`, and
 * `v1,ab v1a,cd` is `{separator: ' ', prefix: 'v1,'}`. `bare` accepts elements without the prefix too.
 */
const valueOptions = {
  separator: z.optional(z.enum([',', ';', ' '])),
  prefix: z.optional(textSchema(32)),
  bare: z.optional(z.literal(true)),
};

export const valueSourceSchema = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('header'), name: headerNameSchema, ...valueOptions }),
  /** Headers that are numbered from 1, such as `x-docusign-signature-1`; `name` is what stands before the number. */
  z.strictObject({ in: z.literal('numberedHeaders'), name: headerNameSchema, ...valueOptions }),
  /** A field of a JSON or form-encoded body, or without a path the whole body. */
  z.strictObject({ in: z.literal('body'), path: z.optional(pointerSchema), ...valueOptions }),
]);
export type ValueSource = z.infer<typeof valueSourceSchema>;

/** One part of what is signed; the parts are joined with nothing between them. See `boundary.ts`. */
export const messagePartSchema = z.discriminatedUnion('part', [
  /** The body's bytes as they came. */
  z.strictObject({ part: z.literal('body') }),
  /** The CRC-32 of the body's bytes as a decimal number. It does not cover the body: another with the same is made at once. */
  z.strictObject({ part: z.literal('bodyCrc32') }),
  /**
   * The fields of a form-encoded body, sorted by name, each as its name and then its distinct values, sorted. `only` is
   * the one field that the form has: of several, nothing says where a name ends and its value begins.
   */
  z.strictObject({ part: z.literal('sortedForm'), only: z.optional(textSchema(64)) }),
  /** The time as it was written where the scheme's `timestamp` stands. */
  z.strictObject({ part: z.literal('timestamp') }),
  /** A header's or a body field's value, such as the delivery's id. A request without it is refused. */
  z.strictObject({ part: z.literal('value'), source: valueSourceSchema }),
  /** The URL that the sender was given, with its query; `decoded` undoes the escapes that HubSpot undoes. */
  z.strictObject({ part: z.literal('url'), decoded: z.optional(z.literal(true)) }),
  z.strictObject({ part: z.literal('method') }),
  z.strictObject({ part: z.literal('secret') }),
  z.strictObject({ part: z.literal('literal'), text: textSchema(256) }),
]);
export type MessagePart = z.infer<typeof messagePartSchema>;

/** Where the time of signing stands. Beyond `tolerance` seconds, in the past or in the future, a request is refused. */
export const timestampSchema = z.strictObject({
  source: valueSourceSchema,
  /** Seconds or milliseconds since 1970, RFC 3339, or the IMF-fixdate of RFC 9110. */
  unit: z.enum(['s', 'ms', 'rfc3339', 'imf']),
  /** Seconds. Without it the time is only read: for senders whose retries keep the time of the first attempt. */
  tolerance: z.optional(z.int().check(z.minimum(1), z.maximum(86_400))),
});
export type Timestamp = z.infer<typeof timestampSchema>;

/** How the sender's console writes a shared secret down; a `prefix` is taken off where it is there. */
export const secretFormSchema = z.strictObject({
  form: z.enum(['utf8', 'hex', 'base64']),
  prefix: z.optional(textSchema(32)),
});
export type SecretForm = z.infer<typeof secretFormSchema>;

/** How a public key is written down: PEM (also a certificate), base64 of SPKI, or the 32 bytes of an Ed25519 key. */
export const publicKeyFormSchema = z.strictObject({
  form: z.enum(['pem', 'spki', 'rawHex', 'rawBase64']),
  prefix: z.optional(textSchema(32)),
});
export type PublicKeyForm = z.infer<typeof publicKeyFormSchema>;

/** A header that must have exactly this value, such as the version of the signature. */
const requirementSchema = z.strictObject({ header: headerNameSchema, equals: textSchema(128) });

const signedFields = {
  encoding: z.enum(['hex', 'base64', 'base64url']),
  /** Where signatures stand; one that holds is enough. */
  signatures: z.array(valueSourceSchema).check(z.minLength(1), z.maxLength(4)),
  message: z.array(messagePartSchema).check(z.minLength(1), z.maxLength(16)),
  timestamp: z.optional(timestampSchema),
  requires: z.optional(z.array(requirementSchema).check(z.maxLength(4))),
};

const jwtFields = {
  kind: z.literal('jwt'),
  token: valueSourceSchema,
  /** Seconds by which the clocks may differ. */
  tolerance: z.int().check(z.minimum(0), z.maximum(3600)),
  /** The audience that the token must name, alone or in a list. A sender that signs for many others has one for each. */
  aud: z.optional(textSchema(256)),
  /** The issuer that the token must name. */
  iss: z.optional(textSchema(256)),
};

/** A JWT that says nothing about the body, unless it is the body; `exp` is demanded, `nbf` and `iat` are respected. */
const jwtSchema = z.discriminatedUnion('algorithm', [
  z.strictObject({ algorithm: z.literal('HS256'), key: secretFormSchema, ...jwtFields }),
  z.strictObject({ algorithm: z.literal('RS256'), key: publicKeyFormSchema, ...jwtFields }),
]);

/** A topic that can deliver to a URL, in the partition that its region belongs to. */
const topicArnForm =
  /^arn:aws(:sns:(?!cn-|us-gov-)|-cn:sns:(?=cn-)|-us-gov:sns:(?=us-gov-))[a-z]{2}(-[a-z]{2,12}){1,2}-\d{1,2}:\d{12}:[\w-]{1,256}$/;
const topicArnSchema = z
  .string()
  .check(z.regex(topicArnForm, "must be a topic's ARN, such as arn:aws:sns:eu-central-1:123456789012:orders"));

export const schemeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hmac'),
    algorithm: z.enum(['sha1', 'sha256', 'sha512']),
    key: secretFormSchema,
    ...signedFields,
  }),
  /** A plain digest over a message with the secret in it, which is weaker than an HMAC and still used. */
  z
    .strictObject({
      kind: z.literal('digest'),
      algorithm: z.enum(['sha1', 'sha256', 'sha512']),
      key: secretFormSchema,
      ...signedFields,
    })
    .check(
      z.refine((scheme) => scheme.message.some(({ part }) => part === 'secret'), 'must have the secret in its message'),
    ),
  /** The secret is the sender's public key, or a certificate that the caller has fetched and checked. */
  z.strictObject({
    kind: z.literal('publicKey'),
    algorithm: z.enum(['ed25519', 'ecdsa-p256', 'rsa-sha256']),
    key: publicKeyFormSchema,
    ...signedFields,
  }),
  jwtSchema,
  /** HMAC-SHA1 over the URL and the sorted form, or over a URL that names the body's SHA-256; the port may differ. */
  z.strictObject({ kind: z.literal('twilio') }),
  /** HMAC-SHA256 over eight fields of each item of the body, which holds the signatures too. */
  z.strictObject({ kind: z.literal('adyen') }),
  /** HMAC-SHA256 over a canonical form of the request that names the headers which it covers. */
  z.strictObject({ kind: z.literal('contentful'), tolerance: z.int().check(z.minimum(1), z.maximum(86_400)) }),
  /**
   * RSA over the fields of an Amazon SNS message; the secret is the certificate, which the caller fetches and checks.
   * Anybody's topic is signed with the same key, so that a message counts only if it is of one of these topics.
   */
  z.strictObject({
    kind: z.literal('sns'),
    topicArns: z.array(topicArnSchema).check(z.minLength(1), z.maxLength(16)),
  }),
  /**
   * RSA-SHA256 over the delivery's id, its time, the webhook's id and the body's CRC-32; the secret is the certificate,
   * as with SNS. Anybody's webhook is signed with the same key, and the webhook's id is what tells them apart.
   * A delivery is accepted for `toleranceDays` after its time, which is 4 unless said otherwise.
   */
  z.strictObject({
    kind: z.literal('paypal'),
    webhookId: textSchema(64).check(z.regex(/^[0-9A-Za-z-]+$/, "must be the webhook's ID from PayPal's dashboard")),
    toleranceDays: z.optional(z.int().check(z.minimum(1), z.maximum(30))),
  }),
]);
export type Scheme = z.infer<typeof schemeSchema>;

/** The schemes that data says alone. */
export type TemplateScheme = Extract<Scheme, { message: unknown }>;

/** The schemes of senders that have a reader of their own. */
export type NamedScheme = Extract<Scheme, { kind: 'twilio' | 'adyen' | 'contentful' | 'sns' | 'paypal' }>;

export type JwtScheme = Extract<Scheme, { kind: 'jwt' }>;
