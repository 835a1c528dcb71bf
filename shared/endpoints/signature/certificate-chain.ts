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

/**
 * Whether `issuer` issued this certificate, and may issue certificates. `publicKey` throws if OpenSSL does not support
 * the key. `checkIssued` is false for such an issuer, so it comes first.
 */
const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate, now: Date): boolean =>
  issuer.ca && isValidAt(issuer, now) && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

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
  const isIssuer = (one: X509Certificate) => isIssuedBy(certificate, one, now);
  if (deps.roots.get(certificate.issuer)?.some(isIssuer)) return 'trusted';
  if (links === 0 || certificate.issuer === certificate.subject) return 'untrusted';
  const verdicts = new Set<ChainVerdict>();
  for (const issuer of others.filter(isIssuer)) verdicts.add(await verifyChain(issuer, others, deps, now, links - 1));
  // Public authorities always add a link to the issuer.
  const url = certificate.infoAccess?.match(issuerUrl)?.[1];
  if (url !== undefined && !verdicts.has('trusted')) {
    const issuer = await deps.issuerAt(url, isIssuer);
    verdicts.add(issuer ? await verifyChain(issuer, others, deps, now, links - 1) : 'unknown');
  }
  return (['trusted', 'unknown'] as const).find((one) => verdicts.has(one)) ?? 'untrusted';
}
