/** The judgement of a signature whose key may have to be fetched first. */
import { certificateSourceOf } from './certificate.ts';
import type { CertificateReader } from './certificate-reader.ts';
import { needsSecret } from './certificate-scheme.ts';
import type { Signable } from './message.ts';
import type { Scheme } from './scheme.ts';
import { type SignatureVerdict, verifyWithSecrets } from './signature.ts';

/** Judges the signature of a request, by its certificate where the scheme has one, and by the secrets otherwise. */
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
