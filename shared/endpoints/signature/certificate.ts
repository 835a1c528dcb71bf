/**
 * Finds the certificates of SNS and PayPal. The request names the URL of its certificate, so an attacker could choose
 * what is fetched and trusted. Therefore only URLs in exactly the sender's form are fetched.
 */
import { atPointer } from '../../ground/base/json-pointer.ts';
import type { FetchFile } from '../../ground/outbound/public-file-fetch.ts';
import type { CertificateScheme } from './certificate-scheme.ts';
import { fetchPublicFile } from './fetch-public-file.ts';
import { readBySender } from './sender-scheme.ts';
import { headerOf, type Signable, type SignatureRejection, signedTextOf } from './signed-message.ts';
import { snsDocument } from './sns.ts';

/** A certificate's URL, and a pattern that a line of its subject must match. */
export interface CertificateSource {
  url: string;
  subject: RegExp;
}

/** The SNS host in the topic's region. Regions in China have another domain. */
function snsHost(topicArn: string): string {
  const [, partition, , region] = topicArn.split(':');
  return `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}

const snsField = (body: Buffer, name: string): string => signedTextOf(atPointer(snsDocument(body), `/${name}`)) ?? '';

/** These patterns match the unparsed URL. They match only URLs that all parsers interpret in the same way. */
const snsUrl = /^https:\/\/([a-z\d.-]+)\/SimpleNotificationService-[\da-zA-Z]{1,128}\.pem$/;
const paypalUrl = /^https:\/\/api(\.sandbox)?\.paypal\.com\/v1\/notifications\/certs\/[\w-]{1,128}$/;

/** The names in `SnsHostProvider` of the AWS SDK for Java, for all regions and partitions. */
const snsSubject = /^CN=sns(-signing\.[a-z\d-]+|-(cn|us-gov)-[a-z\d-]+)?\.amazonaws\.com(\.cn)?$/m;
/**
 * The names in `SSLUtil` of PayPal's SDK for Java, for live and sandbox. Live and sandbox each sign only their own
 * webhooks.
 */
const paypalSubject = /^CN=messageverificationcerts(\.sandbox)?\.paypal\.com$/m;

/**
 * The source of a request's certificate. Fetches nothing. Rejects a request that would be invalid with any certificate,
 * such as a request of another topic.
 */
export function certificateSourceOf(
  scheme: CertificateScheme,
  request: Signable,
): CertificateSource | SignatureRejection {
  const reading = readBySender(scheme, request);
  const refused = typeof reading === 'string' ? reading : reading.rejection;
  if (refused) return refused;
  if (scheme.kind === 'paypal') {
    const url = headerOf(request, 'paypal-cert-url');
    return url && paypalUrl.test(url) ? { url, subject: paypalSubject } : 'certificate_refused';
  }
  const url = snsField(request.body, 'SigningCertURL');
  const isRight = snsUrl.exec(url)?.[1] === snsHost(snsField(request.body, 'TopicArn'));
  return isRight ? { url, subject: snsSubject } : 'certificate_refused';
}

/**
 * The URL that confirms an SNS subscription, or why there is none. Call this only for a verified message, because
 * calling the URL subscribes the endpoint to a topic. The URL equals the message's SubscribeURL, but is built from
 * topic and token, so no URL from a request is ever called. An UnsubscribeConfirmation is excluded: its URL would
 * subscribe again.
 */
export function confirmationUrlOf(body: Buffer, topicArns: readonly string[]): { url: string } | SignatureRejection {
  const topicArn = snsField(body, 'TopicArn');
  if (!topicArns.includes(topicArn)) return 'topic_not_allowed';
  const token = snsField(body, 'Token');
  const isAsked = snsField(body, 'Type') === 'SubscriptionConfirmation' && /^[\w-]{1,1024}$/.test(token);
  if (!isAsked) return 'message_incomplete';
  return { url: `https://${snsHost(topicArn)}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}` };
}

/**
 * Confirms a subscription. Idempotent.
 * @param url from `confirmationUrlOf`
 * @throws if SNS does not confirm; SNS then sends the message again
 */
export async function confirmSnsSubscription(url: string, fetch: FetchFile): Promise<void> {
  if ((await fetchPublicFile(fetch, url)) === 'absent') throw new Error('SNS did not confirm');
}
