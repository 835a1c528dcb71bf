/** Verifies a signature. Fetches the sender's certificate first if the scheme needs one. */
import { certificateSourceOf } from './certificate.ts';
import type { CertificateReader } from './certificate-reader.ts';
import { needsSecret } from './certificate-scheme.ts';
import type { Scheme } from './scheme.ts';
import type { Signable } from './signed-message.ts';
import { type SignatureVerdict, verifyWithSecrets } from './verify-by-secret.ts';

/** Verifies a request's signature with its certificate if the scheme has one, otherwise with the secrets. */
export async function verifySignature(
  scheme: Scheme,
  secrets: readonly string[],
  request: Signable,
  { certificate }: { certificate: CertificateReader },
): Promise<SignatureVerdict> {
  if (needsSecret(scheme)) return verifyWithSecrets(scheme, secrets, request);
  const source = certificateSourceOf(scheme, request);
  if (typeof source === 'string') return { verified: false, reason: source };
  const got = await certificate(source);
  return typeof got === 'string' ? { verified: false, reason: got } : verifyWithSecrets(scheme, [got.pem], request);
}
