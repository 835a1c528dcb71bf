/**
 * The secret with which deliveries to a destination are signed, and the signature: Standard Webhooks 1.0
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 */
import { createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { decodeExactly } from '../../endpoints/signature/key.ts';
import { schema } from '../../ground/base/schema.ts';

const prefix = 'whsec_';

/** The bytes of a generated secret. */
const secretBytes = 32;
/** The shortest and the longest secret that the specification allows, in bytes. */
const minSecretBytes = 24;
const maxSecretBytes = 64;

/** @param random 32 bytes, as an argument for tests */
export const generateSigningSecret = (random: Uint8Array = randomBytes(secretBytes)): string =>
  `${prefix}${Buffer.from(random).toString('base64')}`;

const keyOf = (secret: string): Buffer | undefined =>
  secret.startsWith(prefix) ? decodeExactly(secret.slice(prefix.length), 'base64') : undefined;

function isSigningSecret(text: string): boolean {
  const { length = 0 } = keyOf(text) ?? {};
  return length >= minSecretBytes && length <= maxSecretBytes;
}

/** A secret that an operator chooses. The message does not quote it. */
export const signingSecretSchema = /* @__PURE__ */ schema(() =>
  z.string().check(
    z.refine(isSigningSecret, {
      error: `must be ${prefix} and ${minSecretBytes} to ${maxSecretBytes} bytes in padded base64`,
    }),
  ),
);

/** What is signed: the id of the message, when it is sent, and its bytes. */
export interface SignedMessage {
  id: string;
  at: Date;
  body: Uint8Array;
}

const seconds = (at: Date): string => String(Math.floor(at.getTime() / 1000));

function signatureOf({ id, at, body }: SignedMessage, secret: string): string {
  const key = keyOf(secret);
  if (!key) throw new Error('a signing secret has an unexpected format');
  return `v1,${createHmac('sha256', key)
    .update(`${id}.${seconds(at)}.`)
    .update(body)
    .digest('base64')}`;
}

/**
 * The headers with the signature.
 * @param secrets all that a receiver may use to verify: the current one first, then, during a grace, the previous one
 */
export const signatureHeaders = (message: SignedMessage, secrets: readonly string[]): Record<string, string> => ({
  'webhook-id': message.id,
  'webhook-timestamp': seconds(message.at),
  'webhook-signature': secrets.map((secret) => signatureOf(message, secret)).join(' '),
});
