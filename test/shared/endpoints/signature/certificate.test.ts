import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import {
  certificateSourceOf,
  confirmationUrlOf,
  confirmSnsSubscription,
} from '../../../../shared/endpoints/signature/certificate.ts';
import { certificateReader } from '../../../../shared/endpoints/signature/certificate-reader.ts';
import type { CertificateScheme } from '../../../../shared/endpoints/signature/certificate-scheme.ts';
import { verifySignature } from '../../../../shared/endpoints/signature/verify-signature.ts';
import { anyUrl, codePoint } from '../../../support/any-text.ts';
import { count } from '../../../support/full-counts.ts';
import {
  aCertificate,
  anSnsConfirmation,
  anSnsMessage,
  aPaypalDelivery,
  paypalCertificateUrl,
  paypalName,
  root,
  rootsOf,
  snsCertificateUrl,
  snsName,
  topicArn,
} from './given-certificate.ts';
import { accepted, later, now, refused } from './given-signature.ts';
import { schemes } from './schemes.ts';

const sns = schemes.sns satisfies CertificateScheme;
const snsCertificate = aCertificate(snsName);
const paypalCertificate = aCertificate(paypalName);

const servers: Server[] = [];
// On a busy machine an answer may take longer than the limit. The test of the limit ends its own signal.
beforeEach(() => {
  jest.spyOn(AbortSignal, 'timeout').mockReturnValue(new AbortController().signal);
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/**
 * A fetch that sends every request to one server on loopback, and the URLs that were requested. `requested` resolves when
 * the first request is at the server, `answered` when the head of the first answer has arrived.
 */
async function aHost(answer: RequestListener) {
  const requested = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const server = createServer(answer).on('request', () => requested.resolve());
  server.listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  const urls: string[] = [];
  const fetchThere: typeof fetch = async (input, init) => {
    const { href, pathname, search } = new URL(String(input));
    urls.push(href);
    const response = await fetch(`http://127.0.0.1:${address.port}${pathname}${search}`, init);
    answered.resolve();
    return response;
  };
  return { fetch: fetchThere, urls, requested: requested.promise, answered: answered.promise };
}

/** A reader with a host that answers this way, and a clock that the test moves. */
async function aReader(answer: RequestListener) {
  const clock = { now };
  const host = await aHost(answer);
  const lines: Record<string, unknown>[] = [];
  const certificate = certificateReader({
    fetch: host.fetch,
    now: () => clock.now,
    log: (line) => lines.push(line),
    roots: () => rootsOf(root),
  });
  const verdictOf = (request = anSnsMessage(snsCertificate)) => verifySignature(sns, [], request, { certificate });
  return { ...host, clock, certificate, verdictOf, lines };
}

const answers =
  (body: string | Buffer, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status).end(body);

describe('a request with a certificate', () => {
  test('is accepted if the certificate contains its key', async () => {
    const { verdictOf, urls } = await aReader(answers(snsCertificate.pem));
    expect(await verdictOf()).toEqual(accepted());
    expect(await verdictOf(anSnsMessage(aCertificate(snsName)))).toEqual(refused('signature_mismatch'));
    expect(urls).toEqual([snsCertificateUrl]);
  });

  test('is accepted from PayPal, live and sandbox', async () => {
    const other = aCertificate('messageverificationcerts.sandbox.paypal.com');
    const sandbox = paypalCertificateUrl.replace('api.', 'api.sandbox.');
    const { certificate } = await aReader(({ url }, response) =>
      response.end(url?.endsWith('SANDBOX') ? other.pem : paypalCertificate.pem),
    );
    const verdictOf = (request: ReturnType<typeof aPaypalDelivery>) =>
      verifySignature(schemes.paypal, [], request, { certificate });
    expect(await verdictOf(aPaypalDelivery(paypalCertificate))).toEqual(accepted());
    expect(await verdictOf(aPaypalDelivery(other, { 'paypal-cert-url': `${sandbox}SANDBOX` }))).toEqual(accepted());
    expect(await verdictOf({ ...aPaypalDelivery(paypalCertificate), body: Buffer.from('{}') })).toEqual(
      refused('signature_mismatch'),
    );
  });

  test('is rejected without a fetch if no certificate could make it valid', async () => {
    const { verdictOf, urls } = await aReader(answers(snsCertificate.pem));
    const message = (fields: Record<string, string>, unsigned = {}) =>
      verdictOf(anSnsMessage(snsCertificate, fields, unsigned));
    expect(await message({ TopicArn: `${topicArn}2` })).toEqual(refused('topic_not_allowed'));
    expect(await message({}, { Signature: undefined })).toEqual(refused('signature_missing'));
    expect(await message({}, { Signature: 'no base64' })).toEqual(refused('signature_malformed'));
    expect(await message({}, { Message: undefined })).toEqual(refused('message_incomplete'));
    expect(await message({ SigningCertURL: 'https://evil.com/a.pem' })).toEqual(refused('certificate_refused'));
    expect(await verdictOf({ ...anSnsMessage(snsCertificate), body: Buffer.from('no JSON') })).toEqual(
      refused('signature_missing'),
    );
    expect(urls).toEqual([]);
  });

  test('and a scheme with a secret is verified with that secret, without a fetch', async () => {
    const { certificate, urls } = await aReader(answers(snsCertificate.pem));
    const judged = await verifySignature(schemes.github, ['a secret'], anSnsMessage(snsCertificate), { certificate });
    expect(judged).toEqual(refused('signature_missing'));
    expect(urls).toEqual([]);
  });
});

describe('the fetched certificate', () => {
  const day = 86_400;
  test.each<[string, string | Buffer]>([
    ['empty', ''],
    ['HTML', '<html></html>'],
    ['a key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'],
    ['a truncated certificate', snsCertificate.pem.slice(0, 500)],
    [
      'a certificate after 64 KiB of other bytes',
      Buffer.concat([Buffer.alloc(65_537, '\n'), Buffer.from(snsCertificate.pem)]),
    ],
    ['an expired certificate', aCertificate(snsName, { to: now }).pem],
    ['not valid yet', aCertificate(snsName, { from: later(1) }).pem],
    ['of another domain', aCertificate('evil.com').pem],
    ['of another AWS service', aCertificate('sqs.amazonaws.com').pem],
    ['of a domain that begins with the right name', aCertificate(`${snsName}.evil.com`).pem],
    ['of a subject with a second name after a line break', aCertificate(`evil.com\nCN=${snsName}`).pem],
    ['of a domain that ends with the right name', aCertificate(`evil.${snsName}`).pem],
    ['of PayPal', paypalCertificate.pem],
  ])('is refused if it is %s', async (_, body) => {
    const { verdictOf } = await aReader(answers(body));
    expect(await verdictOf()).toEqual(refused('certificate_refused'));
  });

  test.each([
    snsName,
    'sns-signing.me-south-1.amazonaws.com',
    'sns-cn-north-1.amazonaws.com.cn',
    'sns-us-gov-west-1.amazonaws.com',
  ])('is accepted for SNS with the name %s', async (name) => {
    const certificate = aCertificate(name, { from: now, to: later(day) });
    const { verdictOf } = await aReader(answers(certificate.pem));
    expect(await verdictOf(anSnsMessage(certificate))).toEqual(accepted());
  });

  test('may have 64 KiB, and not a byte more', async () => {
    const padded = (length: number) => snsCertificate.pem.padEnd(length, '\n');
    expect(await (await aReader(answers(padded(65_536)))).verdictOf()).toEqual(accepted());
    expect(await (await aReader(answers(padded(65_537)))).verdictOf()).toEqual(refused('certificate_refused'));
  });

  test.each([`${paypalName}.evil.com`, `evil.com\nCN=${paypalName}`, `evil.${paypalName}`, snsName])(
    'is refused for PayPal with the name %j',
    async (name) => {
      const other = aCertificate(name);
      const { certificate } = await aReader(answers(other.pem));
      const verdict = await verifySignature(schemes.paypal, [], aPaypalDelivery(other), { certificate });
      expect(verdict).toEqual(refused('certificate_refused'));
    },
  );

  test('is refused if its key is short', async () => {
    const weak = aCertificate(snsName, { bits: 1024 });
    const { verdictOf } = await aReader(answers(weak.pem));
    expect(await verdictOf(anSnsMessage(weak))).toEqual(refused('secret_malformed'));
  });

  test.each([400, 404, 410])('is refused if its host answers %i', async (status) => {
    const { verdictOf } = await aReader(answers(snsCertificate.pem, status));
    expect(await verdictOf()).toEqual(refused('certificate_refused'));
  });

  test.each([401, 403, 408, 425, 429, 500, 503])('is unavailable if its host answers %i', async (status) => {
    const { verdictOf } = await aReader(answers(snsCertificate.pem, status));
    expect(await verdictOf()).toEqual(refused('certificate_unavailable'));
  });

  test('is unavailable if its host does not answer', async () => {
    const { verdictOf } = await aReader((request) => request.socket.destroy());
    expect(await verdictOf()).toEqual(refused('certificate_unavailable'));
  });

  test.each<[string, RequestListener, 'requested' | 'answered']>([
    ['never comes', () => undefined, 'requested'],
    ['never ends', (_, response) => response.write(snsCertificate.pem), 'answered'],
  ])('is unavailable if the answer %s within two seconds', async (_, answer, moment) => {
    const limit = new AbortController();
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const { verdictOf, ...host } = await aReader(answer);
    const verdict = verdictOf();
    await host[moment];
    limit.abort();
    expect(await verdict).toEqual(refused('certificate_unavailable'));
    expect(timeout.mock.calls).toEqual([[2_000]]);
  });

  test('is unavailable if its host answers with a redirect, which is not followed', async () => {
    const { verdictOf, urls } = await aReader(({ url }, response) => {
      if (url === '/elsewhere') response.end(snsCertificate.pem);
      else response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(await verdictOf()).toEqual(refused('certificate_unavailable'));
    expect(urls).toEqual([snsCertificateUrl]);
  });

  test('is not read beyond the size limit', async () => {
    let isLeft: (value: boolean) => void = () => undefined;
    const left = new Promise<boolean>((resolve) => {
      isLeft = resolve;
    });
    const { verdictOf } = await aReader((_, response) => {
      const more = () => response.write(Buffer.alloc(16_384));
      response.on('drain', more).on('close', () => isLeft(true));
      while (more());
    });
    expect(await verdictOf()).toEqual(refused('certificate_refused'));
    expect(await left).toBe(true);
  });
});

describe('a cached certificate', () => {
  test('is fetched once for concurrent requests', async () => {
    const { verdictOf, urls } = await aReader(answers(snsCertificate.pem));
    const verdicts = await Promise.all(Array.from({ length: 8 }, () => verdictOf()));
    expect(verdicts).toEqual(Array.from({ length: 8 }, () => accepted()));
    expect(urls).toHaveLength(1);
  });

  test('is fetched once in an hour', async () => {
    const { verdictOf, urls, clock } = await aReader(answers(snsCertificate.pem));
    await verdictOf();
    clock.now = later(3599);
    await verdictOf();
    expect(urls).toHaveLength(1);
    clock.now = later(3600);
    expect(await verdictOf()).toEqual(accepted());
    expect(urls).toHaveLength(2);
  });

  test('is fetched again when it has expired', async () => {
    const { verdictOf, urls, clock } = await aReader(answers(aCertificate(snsName, { to: later(2) }).pem));
    await verdictOf();
    clock.now = later(2);
    expect(await verdictOf()).toEqual(refused('certificate_refused'));
    expect(urls).toHaveLength(2);
  });

  test.each([404, 500])('is not fetched again for some seconds after the answer %i', async (status) => {
    let answer = answers('', status);
    const { verdictOf, urls, clock } = await aReader((request, response) => answer(request, response));
    const first = await verdictOf();
    answer = answers(snsCertificate.pem);
    clock.now = later(4);
    expect(await verdictOf()).toEqual(first);
    expect(urls).toHaveLength(1);
    clock.now = later(5);
    expect(await verdictOf()).toEqual(accepted());
  });

  const madeUp = (i: number) =>
    anSnsMessage(snsCertificate, { SigningCertURL: snsCertificateUrl.replace('.pem', `${i}.pem`) });

  test('is not fetched for more than ten invented URLs per minute and host', async () => {
    const { verdictOf, urls, clock } = await aReader(answers('', 404));
    const reasons: unknown[] = [];
    for (let i = 0; i < 200; i++) {
      clock.now = later(i / 10);
      reasons.push(await verdictOf(madeUp(i)));
    }
    expect(urls).toHaveLength(10);
    expect(reasons.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => refused('certificate_refused')));
    expect(reasons.slice(10)).toEqual(Array.from({ length: 190 }, () => refused('certificate_unavailable')));
    clock.now = later(59);
    await verdictOf(madeUp(201));
    expect(urls).toHaveLength(10);
    // At 60 seconds, only the first URL is a minute old.
    clock.now = later(60);
    for (const i of [202, 203]) await verdictOf(madeUp(i));
    expect(urls).toHaveLength(11);
    clock.now = later(61);
    for (let i = 300; i < 400; i++) await verdictOf(madeUp(i));
    expect(urls).toHaveLength(20);
  });

  test('has a limit of fetches for each host separately', async () => {
    const { certificate, urls } = await aReader(({ url }, response) =>
      url?.includes('certs') ? response.end(paypalCertificate.pem) : response.writeHead(404).end(),
    );
    for (let i = 0; i < 50; i++) await verifySignature(sns, [], madeUp(i), { certificate });
    expect(urls).toHaveLength(10);
    const delivery = aPaypalDelivery(paypalCertificate);
    expect(await verifySignature(schemes.paypal, [], delivery, { certificate })).toEqual(accepted());
  });

  test.each([403, 429, 500])('stays valid while the host answers %i', async (status) => {
    const day = 86_400;
    const signer = aCertificate(snsName, { to: later(day) });
    let answer = answers(signer.pem);
    const { verdictOf, urls, clock } = await aReader((request, response) => answer(request, response));
    expect(await verdictOf(anSnsMessage(signer))).toEqual(accepted());
    answer = answers('', status);
    for (let i = 0; i < 100; i++) await verdictOf(madeUp(i));
    for (const seconds of [3600, 3601, 3659, 7200, day - 1]) {
      clock.now = later(seconds);
      expect(await verdictOf(anSnsMessage(signer))).toEqual(accepted());
    }
    // Once per minute in which it was requested, not once per request.
    expect(urls.filter((url) => url === snsCertificateUrl)).toHaveLength(4);
    clock.now = later(day);
    expect(await verdictOf(anSnsMessage(signer))).toEqual(refused('certificate_unavailable'));
  });

  test.each([404, 410])('is dropped if the host answers %i', async (status) => {
    let answer = answers(snsCertificate.pem);
    const { verdictOf, clock } = await aReader((request, response) => answer(request, response));
    expect(await verdictOf()).toEqual(accepted());
    answer = answers('', status);
    clock.now = later(3600);
    expect(await verdictOf()).toEqual(refused('certificate_refused'));
    answer = answers('', 500);
    clock.now = later(3604);
    expect(await verdictOf()).toEqual(refused('certificate_refused'));
    clock.now = later(3605);
    expect(await verdictOf()).toEqual(refused('certificate_unavailable'));
  });

  test('is fetched once, even if many invented URLs come', async () => {
    const { verdictOf, urls } = await aReader(({ url }, response) =>
      response.writeHead(snsCertificateUrl.endsWith(url ?? '') ? 200 : 404).end(snsCertificate.pem),
    );
    await verdictOf();
    for (let i = 0; i < 100; i++) await verdictOf(madeUp(i));
    expect(await verdictOf()).toEqual(accepted());
    expect(urls.filter((url) => url === snsCertificateUrl)).toHaveLength(1);
  });

  test('is fetched again after an hour, even if invented URLs have used up the fetches of its host', async () => {
    const { verdictOf, urls, clock } = await aReader(({ url }, response) =>
      response.writeHead(snsCertificateUrl.endsWith(url ?? '') ? 200 : 404).end(snsCertificate.pem),
    );
    await verdictOf();
    clock.now = later(3600);
    for (let i = 0; i < 11; i++) await verdictOf(madeUp(i));
    expect(await verdictOf()).toEqual(accepted());
    expect(urls.filter((url) => url === snsCertificateUrl)).toHaveLength(2);
  });
});

const isSnsUrl = (url: unknown) => typeof certificateSourceOf(sns, urlInMessage(url)) !== 'string';
const message = JSON.parse(String(anSnsMessage(snsCertificate).body));
const urlInMessage = (url: unknown) => ({
  ...anSnsMessage(snsCertificate),
  body: Buffer.from(JSON.stringify({ ...message, SigningCertURL: url })),
});
const delivery = aPaypalDelivery(paypalCertificate);
const paypalSourceOf = (url: string | undefined) =>
  certificateSourceOf(schemes.paypal, { ...delivery, headers: { ...delivery.headers, 'paypal-cert-url': url } });
const isPaypalUrl = (url: string) => typeof paypalSourceOf(url) !== 'string';

describe('the URL of a certificate', () => {
  test('is on the host of the region and partition of the topic', () => {
    for (const [arn, host] of [
      ['arn:aws:sns:us-east-1:123456789012:a', 'sns.us-east-1.amazonaws.com'],
      ['arn:aws-us-gov:sns:us-gov-east-1:123456789012:a', 'sns.us-gov-east-1.amazonaws.com'],
      ['arn:aws-cn:sns:cn-north-1:123456789012:a', 'sns.cn-north-1.amazonaws.com.cn'],
    ] as const) {
      const url = `https://${host}/SimpleNotificationService-a1.pem`;
      const scheme: CertificateScheme = { kind: 'sns', topicArns: [topicArn, arn] };
      const find = (more: object) =>
        certificateSourceOf(scheme, anSnsMessage(snsCertificate, { TopicArn: arn, ...more }));
      expect(find({ SigningCertURL: url })).toMatchObject({ url });
      expect(find({ SigningCertURL: snsCertificateUrl })).toBe('certificate_refused');
    }
  });

  const host = 'sns.eu-central-1.amazonaws.com';
  const file = '/SimpleNotificationService-0f1e.pem';
  test.each([
    `http://${host}${file}`,
    `HTTPS://${host}${file}`,
    `https:/${host}${file}`,
    `https:\\\\${host}${file}`,
    ` https://${host}${file}`,
    `https://${host}${file}\n`,
    `https://${host}.evil.com${file}`,
    `https://${host}@evil.com${file}`,
    `https://user@${host}${file}`,
    `https://user:pass@${host}${file}`,
    `https://evil.com\\@${host}${file}`,
    `https://evil.com#@${host}${file}`,
    `https://evil.com/${host}${file}`,
    `https://${host}:443${file}`,
    `https://${host}:8443${file}`,
    `https://${host}.${file}`,
    `https://${host.toUpperCase()}${file}`,
    `https://${host.replace('sns', 'ѕns')}${file}`,
    `https://${host.replaceAll('.', '。')}${file}`,
    `https://${host.replace('eu-central-1', 'us-east-1')}${file}`,
    `https://${host}.cn${file}`,
    `https://sns.amazonaws.com${file}`,
    `https://s3.eu-central-1.amazonaws.com${file}`,
    `https://evil-${host}${file}`,
    `https://x.${host}${file}`,
    `https://${host}${file}?a=1`,
    `https://${host}${file}?`,
    `https://${host}${file}#a`,
    `https://${host}/..${file}`,
    `https://${host}/a${file}`,
    `https://${host}/${file}`,
    `https://${host}/SimpleNotificationService-../a.pem`,
    `https://${host}/SimpleNotificationService-%2e%2e.pem`,
    `https://${host}/SimpleNotificationService-.pem`,
    `https://${host}/SimpleNotificationService-0f1e.pem.txt`,
    `https://${host}/?Action=ConfirmSubscription`,
    `https://127.0.0.1${file}`,
    '',
    undefined,
    null,
    [`https://${host}${file}`],
    { toString: 'https' },
  ])('of SNS is never %j', (url) => {
    expect(isSnsUrl(url)).toBe(false);
  });

  const base = 'https://api.paypal.com/v1/notifications/certs/';
  test.each([
    base.replace('https', 'http'),
    base.replace('api.', 'api-m.'),
    base.replace('api.', ''),
    base.replace('.com', '.com.evil.com'),
    base.replace('.com', '.com@evil.com'),
    base.replace('.com', '.com:443'),
    base.replace('.com', '.com.'),
    base.replace('api', 'user@api'),
    base.replace('api', 'API'),
    base.replace('paypal', 'pаypal'),
    `${base}../`,
    `${base}%2e%2e/`,
    `${base}?a=`,
    `${base}#`,
    `${base}/`,
    base.replace('certs', 'webhooks'),
    base.replace('/v1', '/v1/../v1'),
    ` ${base}`,
    `https://evil.com/${base}`,
  ])('of PayPal never begins with %j', (start) => {
    expect(paypalSourceOf(`${start}CERT-1`)).toBe('certificate_refused');
  });

  test('of PayPal must be there', () => {
    expect(paypalSourceOf(undefined)).toBe('certificate_refused');
  });

  test('of PayPal is not a directory or a longer path', () => {
    expect(isPaypalUrl(base)).toBe(false);
    expect(isPaypalUrl(`${base}CERT-1/`)).toBe(false);
    expect(isPaypalUrl(`${base}CERT-1?a=1`)).toBe(false);
    expect(isPaypalUrl(`${base}CERT-1`)).toBe(true);
  });

  /** Right URLs with one or two changes, and arbitrary URLs. */
  const nearly = (right: string) =>
    fc.oneof(
      anyUrl({ query: true, fragment: true }),
      fc
        .array(
          fc.record({
            at: fc.nat(right.length),
            cut: fc.nat(2),
            put: fc.oneof(
              fc.string({ unit: codePoint, maxLength: 2 }),
              fc.constantFrom('', '/', '.', '@', ':', '?', '#', '\\', '%2f', '..', 'a', '1', '-', '\n'),
            ),
          }),
          { maxLength: 2 },
        )
        .map((edits) =>
          edits.reduce((url, { at, cut, put }) => `${url.slice(0, at)}${put}${url.slice(at + cut)}`, right),
        ),
    );
  const runs = { numRuns: count({ usual: 80, full: 1000 }) };

  /** Parses an accepted URL: the host is the sender's, and the file is in the expected folder. */
  const isPlain = (url: string, origins: string[], folder: string) => {
    const parsed = new URL(url);
    return (
      parsed.href === url &&
      origins.includes(parsed.origin) &&
      `${parsed.username}${parsed.password}${parsed.port}${parsed.search}${parsed.hash}` === '' &&
      parsed.pathname.startsWith(folder) &&
      !parsed.pathname.slice(folder.length).includes('/')
    );
  };

  test('is parsed by a URL parser to the expected host and folder', () => {
    const right = paypalCertificateUrl;
    const paypalOrigins = ['https://api.paypal.com', 'https://api.sandbox.paypal.com'];
    fc.assert(
      fc.property(nearly(right), (url) => {
        expect(isPaypalUrl(url)).toBe(isPaypalUrl(url) && isPlain(url, paypalOrigins, '/v1/notifications/certs/'));
      }),
      runs,
    );
    fc.assert(
      fc.property(nearly(snsCertificateUrl), (url) => {
        expect(isSnsUrl(url)).toBe(isSnsUrl(url) && isPlain(url, [`https://${host}`], '/SimpleNotificationService-'));
      }),
      runs,
    );
  });
});

describe('the confirmation of a subscription', () => {
  const find = (fields: Record<string, string> = {}) =>
    confirmationUrlOf(anSnsConfirmation(snsCertificate, fields).body, [topicArn]);

  test('uses the URL of SNS for an allowed topic', () => {
    const { SubscribeURL } = JSON.parse(String(anSnsConfirmation(snsCertificate).body));
    expect(find()).toEqual({ url: SubscribeURL });
    expect(find({ TopicArn: `${topicArn}2` })).toBe('topic_not_allowed');
  });

  test('ignores other URLs in the message', () => {
    const right = find();
    expect(find({ SubscribeURL: 'https://evil.com/' })).toEqual(right);
    for (const Token of ['', '1&Action=DeleteTopic', '1#', '../', 'a b', '1\n'])
      expect(find({ Token })).toBe('message_incomplete');
    for (const Type of ['UnsubscribeConfirmation', 'Notification', ''])
      expect(find({ Type })).toBe('message_incomplete');
    expect(confirmationUrlOf(Buffer.from('no JSON'), [topicArn])).toBe('topic_not_allowed');
  });

  test('is a GET request, and throws if the answer is not a success', async () => {
    const url = `https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=1`;
    const good = await aHost((request, response) => response.writeHead(request.method === 'GET' ? 200 : 400).end());
    await confirmSnsSubscription(url, good.fetch);
    expect(good.urls).toEqual([url]);
    for (const status of [204, 302, 400, 404, 500, 503]) {
      const { fetch } = await aHost((_, response) => response.writeHead(status, { location: '/' }).end());
      await expect(confirmSnsSubscription(url, fetch)).rejects.toThrow(/did not confirm|answered 5|fetch failed/);
    }
  });

  test('reveals no token if it fails', async () => {
    const { fetch } = await aHost(answers('', 500));
    await expect(
      confirmSnsSubscription('https://sns.eu-central-1.amazonaws.com/?Token=secret', fetch),
    ).rejects.not.toThrow(/secret/);
  });
});
