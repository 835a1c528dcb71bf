/**
 * Whether a request was signed with one of the secrets that a connection has. What is signed, and where the signature
 * stands, is read by `message.ts` from the scheme; here it is judged.
 *
 * Nothing that a sender writes makes this throw, and whatever can't be read is refused.
 */

import { readJwt } from './jwt.ts';
import { hasValidSignature, importKey } from './key.ts';
import { type ParsedSignature, readByTemplate, type Signable, type SignatureRejection } from './message.ts';
import { readNamed } from './named.ts';
import type { Scheme } from './scheme.ts';

export type SignatureVerdict =
  | { verified: true; secretIndex: number }
  | { verified: false; reason: SignatureRejection };

/** What a request says by this scheme, or why it can't be judged. */
function parseSignature(scheme: Scheme, request: Signable): ParsedSignature | SignatureRejection {
  if (scheme.kind === 'jwt') return readJwt(scheme, request);
  return 'message' in scheme ? readByTemplate(scheme, request) : readNamed(scheme, request);
}

function isProved({ method, checks }: ParsedSignature, key: NonNullable<ReturnType<typeof importKey>>): boolean {
  const secret = Buffer.isBuffer(key) ? key : Buffer.alloc(0);
  const proofs = checks.map(({ signatures, messages }) =>
    messages(secret)
      .map((message) => hasValidSignature(method, key, message, signatures))
      .includes(true),
  );
  return proofs.length > 0 && !proofs.includes(false);
}

/**
 * Judges the signature of a request. Every secret is tried with every signature, and each comparison takes the same
 * time, so that the time of the answer does not say which of them nearly was right.
 * @param secrets those that are live; one that is not written in the scheme's form does not spoil the others
 */
export function verifyWithSecrets(scheme: Scheme, secrets: readonly string[], request: Signable): SignatureVerdict {
  if (secrets.every((secret) => secret === '')) return { verified: false, reason: 'secret_missing' };
  const reading = parseSignature(scheme, request);
  if (typeof reading === 'string') return { verified: false, reason: reading };
  const keys = secrets.map((secret) => importKey(reading.method, secret));
  if (keys.every((key) => key === undefined)) return { verified: false, reason: 'secret_malformed' };
  const secretIndex = keys.map((key) => key !== undefined && isProved(reading, key)).indexOf(true);
  if (secretIndex < 0) return { verified: false, reason: 'signature_mismatch' };
  return reading.rejection ? { verified: false, reason: reading.rejection } : { verified: true, secretIndex };
}
