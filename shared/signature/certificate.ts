/**
 * The certificates with which SNS and PayPal sign. A request names the URL of its certificate, so that whoever sends
 * one could choose what is fetched and trusted: only URLs of exactly the form that the sender uses are fetched.
 *
 * The trust is in the TLS connection to the sender's own host, where nobody else can put anything; beside it the
 * certificate must be valid now and be issued to the name under which the sender signs. Its chain is not validated:
 * Node has nothing that builds and judges one (name constraints, key usages, revocation), and what PayPal's old SDKs
 * did, to pin DigiCert's intermediates of their day, fails as soon as PayPal's next certificate has another issuer.
 * AWS's own validator for Node trusts the host alone.
 */
import { X509Certificate } from 'node:crypto';
import { atPointer } from '../pointer.ts';
import type { CertificateScheme } from './certificate-scheme.ts';
import { headerOf, type Reason, type Signable, textOf } from './message.ts';
import { readNamed, snsDocument } from './named.ts';

/** Where a certificate is, and to whom it must be issued: a line of its subject. */
export interface CertificateSource {
  url: string;
  subject: RegExp;
}

/** Gets a certificate in PEM. Throws where it can't be got now, so that the sender tries again later. */
export type CertificateReader = (source: CertificateSource) => Promise<CertificateAnswer>;
type CertificateAnswer = { pem: string } | 'certificate_refused';

/** What is fetched is a certificate with its chain, or an API's short answer; bytes. */
const mostBytes = 65_536;
/** A sender waits for the answer meanwhile; milliseconds. */
const timeLimit = 2_000;
const mostCertificates = 32;
/** Milliseconds, and no longer than the certificate is valid. */
const keptFor = 3_600_000;
/** So long a failure is remembered, in which nobody can make us fetch the same again; milliseconds. */
const failureKeptFor = 5_000;

/** The topic's own region decides; China's has another domain. */
function snsHost(topicArn: string): string {
  const [, partition, , region] = topicArn.split(':');
  return `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}

const snsField = (body: Buffer, name: string): string => textOf(atPointer(snsDocument(body), `/${name}`)) ?? '';

/** URLs are judged as texts, unparsed: nothing that parsers read differently has one of these forms. */
const snsUrl = /^https:\/\/([a-z\d.-]+)\/SimpleNotificationService-[\da-zA-Z]{1,128}\.pem$/;
const paypalUrl = /^https:\/\/api(\.sandbox)?\.paypal\.com\/v1\/notifications\/certs\/[\w-]{1,128}$/;

/** The names of AWS's regions and partitions in `SnsHostProvider` of the AWS SDK for Java. */
const snsSubject = /^CN=sns(-signing\.[a-z\d-]+|-(cn|us-gov)-[a-z\d-]+)?\.amazonaws\.com(\.cn)?$/m;
/** The names in `SSLUtil` of PayPal's SDK for Java, live and of the sandbox; each signs for its own webhooks. */
const paypalSubject = /^CN=messageverificationcerts(\.sandbox)?\.paypal\.com$/m;

/**
 * Where the certificate of a request is. A request that would be refused whatever the certificate says, such as one of
 * another topic, is refused here, before anything is fetched for it.
 */
export function certificateUrlOf(scheme: CertificateScheme, request: Signable): CertificateSource | Reason {
  const reading = readNamed(scheme, request);
  const refused = typeof reading === 'string' ? reading : reading.barred;
  if (refused) return refused;
  if (scheme.kind === 'paypal') {
    const url = headerOf(request, 'paypal-cert-url') ?? '';
    return paypalUrl.test(url) ? { url, subject: paypalSubject } : 'certificate_refused';
  }
  const url = snsField(request.body, 'SigningCertURL');
  const isRight = snsUrl.exec(url)?.[1] === snsHost(snsField(request.body, 'TopicArn'));
  return isRight ? { url, subject: snsSubject } : 'certificate_refused';
}

/** The first bytes of an answer, or undefined where there are more than anybody means; the rest is not read. */
async function bytesOf(body: Response['body']): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Gets a URL as it is, without redirects.
 * @returns the answer's body, or undefined where the server refuses or what it sends is too long
 * @throws where the server is not reached in time, or is at fault or too busy itself
 */
async function get(fetch: typeof globalThis.fetch, url: string): Promise<Buffer | undefined> {
  const { status, body } = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeLimit) });
  if (status === 200) return bytesOf(body);
  await body?.cancel();
  // Without the path: the token of a confirmation is in it.
  if (status >= 500 || status === 408 || status === 429) throw new Error(`${new URL(url).host} answered ${status}`);
  return undefined;
}

/** The certificate in an answer, if it is valid now and issued to whom it must be. */
function certificateIn(bytes: Buffer, subject: RegExp, now: Date): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(bytes);
    const isValid = certificate.validFromDate <= now && now < certificate.validToDate;
    return isValid && subject.test(certificate.subject) ? certificate : undefined;
  } catch {
    // OpenSSL says no more than that it is none.
    return undefined;
  }
}

interface Kept {
  until: number;
  answer: CertificateAnswer | Promise<CertificateAnswer>;
}

/** Keeps one more; of too many the oldest goes. */
function keep(kept: Map<string, Kept>, url: string, one: Kept): void {
  if (kept.size >= mostCertificates) kept.delete(kept.keys().next().value ?? '');
  kept.set(url, one);
}

/**
 * A reader that fetches each certificate once in an hour, and once for however many requests want it at the same time.
 * Failures are kept apart, so that URLs that somebody makes up can't push the certificates out.
 */
export function certificateReader(deps: { fetch: typeof globalThis.fetch; now: () => Date }): CertificateReader {
  const certificates = new Map<string, Kept>();
  const others = new Map<string, Kept>();

  async function read({ url, subject }: CertificateSource): Promise<CertificateAnswer> {
    const bytes = await get(deps.fetch, url);
    const now = deps.now();
    const certificate = bytes && certificateIn(bytes, subject, now);
    if (!certificate) return 'certificate_refused';
    const answer = { pem: certificate.toString() };
    const until = Math.min(certificate.validToDate.getTime(), now.getTime() + keptFor);
    keep(certificates, url, { until, answer });
    others.delete(url);
    return answer;
  }

  return async (source) => {
    const now = deps.now().getTime();
    const known = [certificates, others].map((kept) => kept.get(source.url)).find((one) => one && now < one.until);
    if (known) return known.answer;
    const answer = read(source);
    keep(others, source.url, { until: now + failureKeptFor, answer });
    return answer;
  };
}

/**
 * Where a subscription of SNS is confirmed, or why it is not. Only for a message that is proved: whoever can make us
 * call this URL subscribes our endpoint to a topic. It is the message's SubscribeURL, but made anew from the topic and
 * the token, so that no URL that a sender wrote is called. An UnsubscribeConfirmation, which has such a URL too, would
 * be undone by it.
 */
export function confirmationUrlOf(body: Buffer, topicArns: readonly string[]): { url: string } | Reason {
  const topicArn = snsField(body, 'TopicArn');
  if (!topicArns.includes(topicArn)) return 'topic_not_allowed';
  const token = snsField(body, 'Token');
  const isAsked = snsField(body, 'Type') === 'SubscriptionConfirmation' && /^[\w-]{1,1024}$/.test(token);
  if (!isAsked) return 'message_incomplete';
  return { url: `https://${snsHost(topicArn)}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}` };
}

/**
 * Confirms a subscription. To do so twice is as good as once.
 * @param url what `confirmationUrlOf` has found
 * @throws where SNS does not say that it is confirmed, so that it sends the message again
 */
export async function confirm(url: string, fetch: typeof globalThis.fetch): Promise<void> {
  if ((await get(fetch, url)) === undefined) throw new Error('SNS did not confirm');
}
