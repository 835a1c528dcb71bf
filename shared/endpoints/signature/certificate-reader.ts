/**
 * Fetches and caches the certificates of SNS and PayPal.
 *
 * Trust starts with the TLS connection to the sender's own host, where only the sender can publish files. In addition
 * the certificate must be valid now, be issued to the sender's name, and lead to a root that Node trusts. If an issuer
 * can't be fetched, the chain is unknown. The certificate is then accepted because of the host's TLS, and a log line
 * records this.
 *
 * Anybody can invent URLs of the right form. Three rules limit the cost. Each host has a small budget of new URLs per
 * minute, failures are cached for seconds, and good certificates have a separate cache.
 */
import { X509Certificate } from 'node:crypto';
import type { Log } from '../../ground/aws/logger.ts';
import type { FetchFile } from '../../ground/outbound/public-file-fetch.ts';
import type { CertificateSource } from './certificate.ts';
import { type ChainDeps, isValidAt, nodeRoots, verifyChain } from './certificate-chain.ts';
import { fetchPublicFile } from './fetch-public-file.ts';

/**
 * Gets a certificate in PEM. `certificate_unavailable` if it can't be fetched now; the sender should try again later.
 */
export type CertificateReader = (source: CertificateSource) => Promise<CertificateAnswer>;
export type CertificateAnswer = { pem: string } | 'certificate_refused' | 'certificate_unavailable';

/** The dependencies of the certificate reader. */
export interface CertificateReaderDeps {
  fetch: FetchFile;
  now: () => Date;
  log: Log;
  /** The trusted roots. Default: Node's. */
  roots?: () => ChainDeps['roots'];
}

/** The most entries of a cache. SNS has one certificate per region, PayPal one for each of its two hosts. */
const maxCached = 32;
/** The time for which a certificate is cached. */
const cacheMs = 3_600_000;
/**
 * The time for which a certificate is cached if its chain is unknown, or if the last attempt to fetch it again failed.
 */
const retryAfterMs = 60_000;
/** The time for which a failure is cached. */
const failureCacheMs = 5_000;
/**
 * The most new URLs that are fetched from one host within `newUrlWindowMs`. A sender uses a new URL only every few
 * months.
 */
const maxNewUrls = 10;
const newUrlWindowMs = 60_000;
/** The timeout for fetching an issuer. */
const issuerTimeoutMs = 1_000;

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const maxCertificatesInFile = 8;

/** The certificates in a file. Empty if there is no certificate, or if one of them can't be parsed. */
function certificatesIn(file: string): X509Certificate[] {
  try {
    return [...file.matchAll(pemBlock)].slice(0, maxCertificatesInFile).map(([pem]) => new X509Certificate(pem));
  } catch {
    // OpenSSL gives no further details.
    return [];
  }
}

/** Adds an entry. Removes the oldest one if the map is full. */
function putBounded<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  for (const oldest of map.keys()) if (map.size >= maxCached) map.delete(oldest);
  map.set(key, value);
}

/** Decides whether a new URL may be fetched now. If so, the URL counts towards the host's budget. */
function newUrlBudget(): (url: string, now: number) => boolean {
  const spent = new Map<string, number[]>();
  return (url, now) => {
    const { host } = new URL(url);
    const recent = spent.get(host)?.filter((at) => now - at < newUrlWindowMs) ?? [];
    if (recent.length >= maxNewUrls) return false;
    putBounded(spent, host, [...recent, now]);
    return true;
  };
}

/**
 * Fetches issuers. Caches a certificate only if it is the right issuer's, because anybody on the network path can
 * change an answer over plain HTTP.
 */
function issuerReader({ fetch }: CertificateReaderDeps): ChainDeps['issuerAt'] {
  const known = new Map<string, X509Certificate>();
  return async (url, isRight) => {
    const kept = known.get(url);
    if (kept && isRight(kept)) return kept;
    // Undefined if the host was not reached, or has no certificate at this URL. The issuer is fetched again when the next
    // certificate needs it.
    const issuer = await fetchPublicFile(fetch, url, issuerTimeoutMs)
      .then((bytes) => new X509Certificate(bytes))
      .catch(() => undefined);
    if (!issuer || !isRight(issuer)) return undefined;
    putBounded(known, url, issuer);
    return issuer;
  };
}

interface CachedCertificate {
  certificate: X509Certificate;
  /** Milliseconds since the epoch. */
  freshUntil: number;
}

type FetchedCertificate =
  | { certificate: X509Certificate; isTrusted: boolean }
  | 'certificate_refused'
  | 'certificate_unavailable';

/** Fetches a certificate and verifies it. */
function certificateFetcher(deps: CertificateReaderDeps): (source: CertificateSource) => Promise<FetchedCertificate> {
  const issuerAt = issuerReader(deps);
  let roots: ChainDeps['roots'] | undefined;

  return async ({ url, subject }) => {
    const bytes = await fetchPublicFile(deps.fetch, url).catch(() => undefined);
    if (bytes === undefined) return 'certificate_unavailable';
    const now = deps.now();
    // If the host does not have the file, this looks into the word `absent`, and finds no certificate.
    const found = certificatesIn(String(bytes));
    const certificate = found.find((one) => isValidAt(one, now) && subject.test(one.subject));
    if (!certificate) return 'certificate_refused';
    roots ??= (deps.roots ?? nodeRoots)();
    const verdict = await verifyChain(certificate, found, { roots, issuerAt }, now);
    if (verdict !== 'trusted')
      deps.log({ outcome: 'certificate_chain', verdict, url, issuer: certificate.issuer }, 'warn');
    return verdict === 'untrusted' ? 'certificate_refused' : { certificate, isTrusted: verdict === 'trusted' };
  };
}

/** Creates a reader. Concurrent requests for a certificate share one fetch. */
export function certificateReader(deps: CertificateReaderDeps): CertificateReader {
  const good = new Map<string, CachedCertificate>();
  const failures = new Map<string, { until: number; answer: CertificateAnswer }>();
  const pending = new Map<string, Promise<CertificateAnswer>>();
  const fetched = certificateFetcher(deps);
  const mayFetch = newUrlBudget();

  async function renew(source: CertificateSource, kept: CachedCertificate | undefined): Promise<CertificateAnswer> {
    const got = await fetched(source);
    const now = deps.now().getTime();
    if (got === 'certificate_unavailable' && kept) {
      kept.freshUntil = now + retryAfterMs;
      return { pem: kept.certificate.toString() };
    }
    good.delete(source.url);
    if (typeof got === 'string') {
      putBounded(failures, source.url, { until: now + failureCacheMs, answer: got });
      return got;
    }
    putBounded(good, source.url, {
      certificate: got.certificate,
      freshUntil: now + (got.isTrusted ? cacheMs : retryAfterMs),
    });
    return { pem: got.certificate.toString() };
  }

  return async (source) => {
    const { url } = source;
    const now = deps.now();
    const found = good.get(url);
    const kept = found && isValidAt(found.certificate, now) ? found : undefined;
    if (kept && now.getTime() < kept.freshUntil) return { pem: kept.certificate.toString() };
    const failure = failures.get(url);
    if (!kept && failure && now.getTime() < failure.until) return failure.answer;
    const running = pending.get(url);
    if (running) return running;
    if (!kept && !mayFetch(url, now.getTime())) return 'certificate_unavailable';
    const answer = renew(source, kept).finally(() => pending.delete(url));
    pending.set(url, answer);
    return answer;
  };
}
