/** Checks whether a text that an operator sends can be a token or a signing secret. */
import { isMistyped, maxTokenLength, minTokenLength } from '../credential/token.ts';
import { type Placement, whyCannotCarry } from '../credential/token-placement.ts';
import { jwtMethod } from '../signature/jwt.ts';
import { importKey, secretBytes } from '../signature/key.ts';
import type { Scheme, SecretForm } from '../signature/scheme.ts';
import { keyFormOf } from '../signature/scheme-check.ts';

/** The shortest signing secret, in bytes. */
const minSecretBytes = 12;

export const spacesAdvice = 'it begins or ends with white space, probably from pasting. Send it without';

const tokenPattern = new RegExp(`^[\\x20-\\x7e]{${minTokenLength},${maxTokenLength}}$`);

/** The reason why a text can't be a token at these placements, or undefined if it can. */
export function whyNotToken(value: string, accept: readonly Placement[]): string | undefined {
  if (value !== value.trim()) return spacesAdvice;
  if (isMistyped(value)) return 'it looks like a token of Hooklatch, but its checksum is wrong';
  if (!tokenPattern.test(value)) return `a token has ${minTokenLength} to ${maxTokenLength} printable ASCII characters`;
  return accept.map((placement) => whyCannotCarry(placement, value)).find((reason) => reason !== undefined);
}

const formNames: Record<SecretForm['form'], string> = { utf8: 'text', hex: 'hexadecimal', base64: 'padded base64' };

/** The reason why a text can't be the secret or public key of a scheme, or undefined if it can. */
export function whyNotSecret(scheme: Scheme, secret: string): string | undefined {
  const form = keyFormOf(scheme);
  if (form !== undefined) {
    if (secret !== secret.trim()) return spacesAdvice;
    const { prefix } = form;
    const written = `${formNames[form.form]}${prefix === undefined ? '' : `, with or without ${prefix} before it`}`;
    const bytes = secretBytes(form, secret);
    if (!bytes) return `this sender's secrets are written as ${written}`;
    return bytes.length < minSecretBytes ? `a signing secret has at least ${minSecretBytes} bytes` : undefined;
  }
  const method = scheme.kind === 'jwt' ? jwtMethod(scheme) : scheme.kind === 'publicKey' ? scheme : undefined;
  return method && importKey(method, secret)
    ? undefined
    : "this sender signs with its own private key. Enter its public key as the sender's settings show it";
}
