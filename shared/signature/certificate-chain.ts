/**
 * Whether a certificate leads to a root that Node trusts: each link was issued by the next one, which is a certificate
 * authority and valid now.
 *
 * SNS publishes its certificate alone, without the one of its issuer. That one is fetched from where the certificate
 * says (Authority Information Access, RFC 5280). It is fetched over plain HTTP, which is enough: its signature proves it.
 *
 * Node has no function that judges a chain. Not judged here: the length of the path, name constraints, key usages beyond
 * what `checkIssued` sees, and revocation.
 */
import { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';

/**
 * `trusted`: it leads to a root. `untrusted`: it ends elsewhere. `unknown`: an issuer could not be fetched, so nothing
 * says that it is wrong.
 */
export type ChainVerdict = 'trusted' | 'untrusted' | 'unknown';

/** What judging a chain needs from outside. */
export interface ChainDeps {
  /** The roots that are trusted, by subject. */
  roots: ReadonlyMap<string, readonly X509Certificate[]>;
  /** Gets the certificate of an issuer; undefined where one that is right can't be fetched now. */
  issuerAt(url: string, isRight: (issuer: X509Certificate) => boolean): Promise<X509Certificate | undefined>;
}

/** Certificates between the first one and a root. The public ones have one or two. */
const maxChainLinks = 4;

/** Certificates by subject. */
export function bySubject(certificates: readonly X509Certificate[]): Map<string, X509Certificate[]> {
  const found = new Map<string, X509Certificate[]>();
  for (const one of certificates) found.set(one.subject, [...(found.get(one.subject) ?? []), one]);
  return found;
}

/** The roots that Node trusts for TLS. Reading all of them takes tens of milliseconds, so only who needs them does. */
export const nodeRoots = (): Map<string, X509Certificate[]> =>
  bySubject(getCACertificates('default').map((pem) => new X509Certificate(pem)));

export const isValidAt = ({ validFromDate, validToDate }: X509Certificate, now: Date): boolean =>
  validFromDate <= now && now < validToDate;

/** Whether one certificate was issued by another, which may issue some. */
function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate, now: Date): boolean {
  if (!issuer.ca || !isValidAt(issuer, now) || !certificate.checkIssued(issuer)) return false;
  try {
    return certificate.verify(issuer.publicKey);
  } catch {
    // A key of a kind that OpenSSL does not know.
    return false;
  }
}

/** A URL of a file at a named host, as public authorities have them: no address, port, query or credentials. */
const issuerUrl = /^CA Issuers - URI:(http:\/\/(?:[a-z\d-]+\.)+[a-z]{2,63}\/[\w./-]{1,200})$/im;

/**
 * Judges the chain of a certificate.
 * @param others what stood beside it in its file
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

/** Judges a chain by the issuer that the certificate says where to fetch. A public authority always says so. */
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
