/**
 * Verifies that a certificate leads to a root that Node trusts. Each issuer must be a certificate authority and valid
 * now.
 *
 * SNS publishes its certificate without the certificate of the issuer. The issuer's certificate is fetched from the URL
 * in the certificate (Authority Information Access, RFC 5280). Plain HTTP is enough for this fetch, because the
 * signature on the first certificate proves the issuer.
 *
 * Node has no function that verifies a chain. Not checked here: path length, name constraints, key usage beyond what
 * `checkIssued` checks, and revocation.
 */
import { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';

/**
 * `trusted`: the chain leads to a trusted root. `untrusted`: the chain ends elsewhere. `unknown`: an issuer could not
 * be fetched.
 */
export type ChainVerdict = 'trusted' | 'untrusted' | 'unknown';

/** The dependencies of the verification of a chain. */
export interface ChainDeps {
  /** Trusted roots by subject. */
  roots: ReadonlyMap<string, readonly X509Certificate[]>;
  /** Gets an issuer's certificate that passes `isRight`. Undefined if the certificate can't be fetched now. */
  issuerAt(url: string, isRight: (issuer: X509Certificate) => boolean): Promise<X509Certificate | undefined>;
}

/** The most certificates between the first one and a root. Public chains have one or two. */
const maxChainLinks = 4;

/** Certificates by subject. */
export function bySubject(certificates: readonly X509Certificate[]): Map<string, X509Certificate[]> {
  const found = new Map<string, X509Certificate[]>();
  for (const one of certificates) found.set(one.subject, [...(found.get(one.subject) ?? []), one]);
  return found;
}

/** The roots that Node trusts for TLS. Parsing them takes tens of milliseconds, so call this only when needed. */
export const nodeRoots = (): Map<string, X509Certificate[]> =>
  bySubject(getCACertificates('default').map((pem) => new X509Certificate(pem)));

export const isValidAt = ({ validFromDate, validToDate }: X509Certificate, now: Date): boolean =>
  validFromDate <= now && now < validToDate;

/** Whether `issuer` issued this certificate, and may issue certificates. */
function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate, now: Date): boolean {
  if (!issuer.ca || !isValidAt(issuer, now) || !certificate.checkIssued(issuer)) return false;
  try {
    return certificate.verify(issuer.publicKey);
  } catch {
    // OpenSSL does not support this kind of key.
    return false;
  }
}

/** The issuer's URL, in the form that public authorities use: a host name without port, query or credentials. */
const issuerUrl = /^CA Issuers - URI:(http:\/\/(?:[a-z\d-]+\.)+[a-z]{2,63}\/[\w./-]{1,200})$/im;

/**
 * Verifies the chain of a certificate.
 * @param others the other certificates in the same file
 */
export async function verifyChain(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  deps: ChainDeps,
  now: Date,
  links = maxChainLinks,
): Promise<ChainVerdict> {
  const roots = deps.roots.get(certificate.issuer) ?? [];
  if (roots.some((root) => isIssuedBy(certificate, root, now))) return 'trusted';
  if (links === 0 || certificate.issuer === certificate.subject) return 'untrusted';
  const verdicts: ChainVerdict[] = [];
  for (const issuer of others.filter((one) => isIssuedBy(certificate, one, now)))
    verdicts.push(await verifyChain(issuer, others, deps, now, links - 1));
  if (!verdicts.includes('trusted'))
    verdicts.push(await verifyWithFetchedIssuer(certificate, others, deps, now, links));
  return verdicts.find((one) => one === 'trusted') ?? verdicts.find((one) => one === 'unknown') ?? 'untrusted';
}

/** Continues the chain with the issuer that the certificate links to. Public authorities always add that link. */
async function verifyWithFetchedIssuer(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  deps: ChainDeps,
  now: Date,
  links: number,
): Promise<ChainVerdict> {
  const url = issuerUrl.exec(certificate.infoAccess ?? '')?.[1];
  if (url === undefined) return 'untrusted';
  const issuer = await deps.issuerAt(url, (one) => isIssuedBy(certificate, one, now));
  return issuer ? verifyChain(issuer, others, deps, now, links - 1) : 'unknown';
}
