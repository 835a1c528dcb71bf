/**
 * Gets the certificates with which SNS and PayPal sign, and keeps them.
 *
 * Trust begins with the TLS connection to the sender's own host, where nobody else can put a file. Beside it the
 * certificate must be valid now, be issued to the name under which the sender signs, and lead to a root that Node trusts.
 * Where an issuer can't be fetched the chain is unknown: the host's TLS then vouches alone, and a line in the log says so.
 *
 * Anybody can make up URLs of the right form, and each would be fetched. So new URLs have a small budget for each host and
 * minute, failures are remembered for seconds, and good certificates are kept apart from both.
 */
import { X509Certificate } from 'node:crypto';
import type { Log } from '../aws/logger.ts';
import type { CertificateSource } from './certificate.ts';
import { type ChainDeps, isValidAt, nodeRoots, verifyChain } from './certificate-chain.ts';
import { fetchPublicFile } from './public-file.ts';

/** Gets a certificate in PEM. `certificate_unavailable` where it can't be got now: the sender should try again later. */
export type CertificateReader = (source: CertificateSource) => Promise<CertificateAnswer>;
export type CertificateAnswer = { pem: string } | 'certificate_refused' | 'certificate_unavailable';

/** What reading certificates needs from outside. */
export interface CertificateReaderDeps {
  fetch: typeof globalThis.fetch;
  now: () => Date;
  log: Log;
  /** Node's own, unless said otherwise. */
  roots?: () => ChainDeps['roots'];
}

/** Certificates that are kept; SNS has one for each region, PayPal one for each of its two hosts. */
const maxCached = 32;
/** How long a certificate is used before it is fetched again, in milliseconds. */
const cacheMs = 3_600_000;
/** The same where the sender's host is at fault, or the chain is unknown. */
const retryAfterMs = 60_000;
/** How long a failure is remembered, in milliseconds. */
const failureCacheMs = 5_000;
/** New URLs that are fetched from one host in a minute. A sender has a new one every few months. */
const newUrlsPerMinute = 10;
/** The time for fetching issuers, in milliseconds. */
const issuerTimeoutMs = 1_000;

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const maxCertificatesInFile = 8;

/** The certificates of a file, none where something in it is no certificate. */
function certificatesIn(bytes: Buffer): X509Certificate[] {
  try {
    return (bytes.toString('latin1').match(pemBlock) ?? [])
      .slice(0, maxCertificatesInFile)
      .map((pem) => new X509Certificate(pem));
  } catch {
    // OpenSSL says no more than that it is none.
    return [];
  }
}

/** Puts one more; of too many the oldest goes. */
function putBounded<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  if (map.size >= maxCached) map.delete(map.keys().next().value ?? '');
  map.set(key, value);
}

/** Whether a new URL may be fetched now; those that may count. */
function newUrlBudget(): (url: string, now: number) => boolean {
  const spent = new Map<string, number[]>();
  return (url, now) => {
    const { host } = new URL(url);
    const recent = (spent.get(host) ?? []).filter((at) => now - at < 60_000);
    if (recent.length >= newUrlsPerMinute) return false;
    putBounded(spent, host, [...recent, now]);
    return true;
  };
}

/** Fetches issuers, and keeps those that are right: over plain HTTP somebody on the way could answer with another one. */
function issuerReader({ fetch }: CertificateReaderDeps): ChainDeps['issuerAt'] {
  const known = new Map<string, X509Certificate>();
  return async (url, isRight) => {
    const kept = known.get(url);
    if (kept && isRight(kept)) return kept;
    try {
      const bytes = await fetchPublicFile(fetch, url, issuerTimeoutMs);
      const issuer = bytes === 'absent' ? undefined : new X509Certificate(bytes);
      if (!issuer || !isRight(issuer)) return undefined;
      putBounded(known, url, issuer);
      return issuer;
    } catch {
      // Not reached, or no certificate: it is tried again with the next certificate that needs it.
      return undefined;
    }
  };
}

interface CachedCertificate {
  certificate: X509Certificate;
  /** Milliseconds since 1970. */
  freshUntil: number;
}

type FetchedCertificate =
  | { certificate: X509Certificate; isTrusted: boolean }
  | 'certificate_refused'
  | 'certificate_unavailable';

/** Fetches a certificate, and judges it. */
function certificateFetcher(deps: CertificateReaderDeps): (source: CertificateSource) => Promise<FetchedCertificate> {
  const issuerAt = issuerReader(deps);
  let roots: ChainDeps['roots'] | undefined;

  return async ({ url, subject }) => {
    const bytes = await fetchPublicFile(deps.fetch, url).catch(() => undefined);
    if (bytes === undefined) return 'certificate_unavailable';
    const now = deps.now();
    const found = bytes === 'absent' ? [] : certificatesIn(bytes);
    const certificate = found.find((one) => isValidAt(one, now) && subject.test(one.subject));
    if (!certificate) return 'certificate_refused';
    roots ??= (deps.roots ?? nodeRoots)();
    const verdict = await verifyChain(certificate, found, { roots, issuerAt }, now);
    if (verdict !== 'trusted')
      deps.log({ outcome: 'certificate_chain', verdict, url, issuer: certificate.issuer }, 'warn');
    return verdict === 'untrusted' ? 'certificate_refused' : { certificate, isTrusted: verdict === 'trusted' };
  };
}

/** A reader that fetches a certificate once for however many requests want it at the same time. */
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
