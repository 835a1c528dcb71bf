/** The judgement of a signature whose key may have to be fetched first. */
import { type CertificateReader, certificateUrlOf } from './certificate.ts';
import { needsSecret } from './certificate-scheme.ts';
import type { Signable } from './message.ts';
import type { Scheme } from './scheme.ts';
import { type Verdict, verify } from './signature.ts';

/**
 * Judges the signature of a request, by its certificate where the scheme has one, and by the secrets otherwise.
 * @throws where a certificate can't be got now: it is not known whether the request is right, and it must be sent again
 */
export async function judgeSignature(
  scheme: Scheme,
  secrets: readonly string[],
  request: Signable,
  { certificate }: { certificate: CertificateReader },
): Promise<Verdict> {
  if (needsSecret(scheme)) return verify(scheme, secrets, request);
  const source = certificateUrlOf(scheme, request);
  if (typeof source === 'string') return { verified: false, reason: source };
  const got = await certificate(source);
  return typeof got === 'string' ? { verified: false, reason: got } : verify(scheme, [got.pem], request);
}
