/**
 * Where the certificates are with which SNS and PayPal sign. A request names the URL of its certificate, so whoever sends
 * one could choose what is fetched and trusted. Only URLs of exactly the form that the sender uses are fetched.
 */
import { atPointer } from '../base/json-pointer.ts';
import type { CertificateScheme } from './certificate-scheme.ts';
import { headerOf, type Signable, type SignatureRejection, signedTextOf } from './message.ts';
import { readNamed, snsDocument } from './named.ts';
import { fetchPublicFile } from './public-file.ts';

/** Where a certificate is, and to whom it must be issued: a line of its subject. */
export interface CertificateSource {
  url: string;
  subject: RegExp;
}

/** The topic's own region decides; China's has another domain. */
function snsHost(topicArn: string): string {
  const [, partition, , region] = topicArn.split(':');
  return `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}

const snsField = (body: Buffer, name: string): string => signedTextOf(atPointer(snsDocument(body), `/${name}`)) ?? '';

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
export function certificateSourceOf(
  scheme: CertificateScheme,
  request: Signable,
): CertificateSource | SignatureRejection {
  const reading = readNamed(scheme, request);
  const refused = typeof reading === 'string' ? reading : reading.rejection;
  if (refused) return refused;
  if (scheme.kind === 'paypal') {
    const url = headerOf(request, 'paypal-cert-url') ?? '';
    return paypalUrl.test(url) ? { url, subject: paypalSubject } : 'certificate_refused';
  }
  const url = snsField(request.body, 'SigningCertURL');
  const isRight = snsUrl.exec(url)?.[1] === snsHost(snsField(request.body, 'TopicArn'));
  return isRight ? { url, subject: snsSubject } : 'certificate_refused';
}

/**
 * Where a subscription of SNS is confirmed, or why it is not. Only for a message that is proved: whoever can make us
 * call this URL subscribes our endpoint to a topic. It is the message's SubscribeURL, but made anew from the topic and
 * the token, so that no URL that a sender wrote is called. An UnsubscribeConfirmation, which has such a URL too, would
 * be undone by it.
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
 * Confirms a subscription. To do so twice is as good as once.
 * @param url what `confirmationUrlOf` has found
 * @throws where SNS does not say that it is confirmed, so that it sends the message again
 */
export async function confirmSubscription(url: string, fetch: typeof globalThis.fetch): Promise<void> {
  if ((await fetchPublicFile(fetch, url)) === 'absent') throw new Error('SNS did not confirm');
}
