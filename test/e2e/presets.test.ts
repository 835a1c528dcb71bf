/**
 * Tests senders through the public URL. Genuine deliveries are stored as the preset says, and others are refused.
 */
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ProviderId, presetOf, providerIds } from '../../shared/endpoints/provider/presets.ts';
import { coversBody } from '../../shared/endpoints/signature/body-cover.ts';
import type { Scheme } from '../../shared/endpoints/signature/scheme.ts';
import type { Signable } from '../../shared/endpoints/signature/signed-message.ts';
import type { Received } from '../local/http-client.ts';
import {
  completedSchemes,
  fakeSecret,
  sampleOf,
  signedSample,
  signedWithKey,
  toleranceOf,
  withCutSignature,
  withOtherBody,
} from '../shared/endpoints/provider/provider-samples.ts';
import { withChecksum } from '../shared/endpoints/signature/checksum.ts';
import { aCertificate, anSnsMessage, paypalName, snsName } from '../shared/endpoints/signature/given-certificate.ts';
import { filled } from '../support/filled.ts';
import { count, every } from '../support/full-counts.ts';
import { aName, aSharedRuntime, bearer, deliver, ok, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';

/**
 * The certificates that SNS and PayPal publish, served by this test. The issuer's host is blocked, so the chain can't
 * be checked. Only the host name shows that a certificate is genuine.
 */
const day = 86_400_000;
const issuerUrl = 'http://crt.authority.example/issuer.cer';
const valid = { from: new Date(Date.now() - day), to: new Date(Date.now() + day), issuerUrl };
const certificates = { paypal: aCertificate(paypalName, valid), 'aws-sns': aCertificate(snsName, valid) };

let world: World;
/** The URLs, without their hosts, at which the functions asked for a certificate. */
const asked: string[] = [];

beforeAll(async () => {
  world = await aSharedRuntime({
    streams: false,
    answerFor: (url) => {
      asked.push(url);
      return certificates[url.startsWith('/SimpleNotificationService') ? 'aws-sns' : 'paypal'].pem;
    },
  });
});
afterAll(() => world.end());

interface Given {
  id: ProviderId;
  path: string;
  /** The URL for the sender. */
  url: string;
  secret: string;
  scheme: Scheme | undefined;
}

const isPublished = (id: ProviderId): id is keyof typeof certificates => id in certificates;

/** An active endpoint of a sender, configured only with what the preset says. */
async function given(id: ProviderId): Promise<Given> {
  const name = aName();
  const path = `/v1/connections/${name}`;
  const { kind, scheme = completedSchemes[id] } = presetOf(id);
  await ok(world, 'POST', '/v1/connections', { name, provider: id });
  const auth = isPublished(id) ? { auth: { kind, scheme } } : {};
  await ok(world, 'PUT', `${path}/endpoint`, auth);
  const secret = isPublished(id) ? '' : fakeSecret(id);
  const wish = { token: {}, signature: { value: secret }, both: { signingSecret: secret } }[kind];
  if (!isPublished(id)) await ok(world, 'POST', `${path}/endpoint/token`, wish);
  const { endpoint } = (await ok(world, 'POST', `${path}/endpoint/activate`)) as { endpoint: { url: string } };
  if (kind === 'signature') return { id, path, url: endpoint.url, secret, scheme };
  const revealed = (await ok(world, 'GET', `${path}/endpoint/token`)) as {
    token: string;
    deliveryUrls: { url: string }[];
  };
  const withToken = revealed.deliveryUrls.find(({ url }) => url.includes('?'))?.url ?? '';
  const url = kind === 'both' ? withToken : endpoint.url;
  return { id, path, url, secret: kind === 'token' ? revealed.token : secret, scheme };
}

/** A genuine delivery that was made at this time. */
const genuine = ({ id, url, secret }: Given, at = new Date()): Signable =>
  isPublished(id) ? signedWithKey(id, certificates[id].privateKey, url, at) : signedSample(id, secret, url, at);

const send = ({ method, url, headers, body }: Signable): Promise<Received> =>
  deliver(url, { method, headers: headers as Record<string, string>, body });

/** The text with another last character. */
const withOtherEnd = (text: string): string => `${text.slice(0, -1)}${text.endsWith('x') ? 'y' : 'x'}`;

const statusOf = async (request: Signable): Promise<number> => (await send(request)).status;

/** The reasons of the rejections, as an operator sees them. */
async function reasonsOf({ path }: Given): Promise<string[]> {
  const { items } = (await ok(world, 'GET', `${path}/rejections`)) as { items: { reason: string }[] };
  return items.map(({ reason }) => reason);
}

/**
 * The senders of `npm test`: every kind of proof. `npm run test:full` has all senders.
 * `test/shared/events/arrival/every-sender.test.ts` has the same rules of all senders without a runtime.
 */
const chosen: readonly ProviderId[] = [
  ...(['telegram', 'pipedrive', 'figma', 'github', 'standard-webhooks', 'twilio'] as const),
  ...(['discord', 'wix', 'mailgun', 'dropbox-sign', 'paypal', 'aws-sns'] as const),
];
const others = providerIds.filter((id) => !chosen.includes(id));
const tested = [...chosen, ...others].slice(0, count({ usual: chosen.length, full: providerIds.length }));

/** The senders whose refusals are tried through the runtime: in `npm test` one with a token, and three that sign. */
const refusing = every(4, tested);

describe.each(tested)('%s', (id) => {
  const preset = presetOf(id);
  const rejectionStatus = preset.kind === 'token' ? 403 : (preset.rejectionStatus ?? 403);

  test('a genuine delivery is stored with the type and delivery id of the preset, and gets the expected answer', async () => {
    const one = await given(id);
    const sent = genuine(one);
    const answer = await send(sent);
    const { status = 202, body, contentType = 'application/json' } = preset.answer ?? {};
    expect([answer.status, preset.answer ? answer.text : '', answer.headers['content-type'] ?? contentType]).toEqual([
      status,
      body ?? '',
      contentType,
    ]);
    const { items } = (await ok(world, 'GET', `${one.path}/events`)) as { items: Record<string, unknown>[] };
    const { type = 'webhook', deliveryId } = sampleOf(id);
    expect(items).toEqual([expect.objectContaining({ type, ...(deliveryId ? { deliveryId } : {}) })]);
    const again = await send(sent);
    expect(again.status).toBe(deliveryId && !preset.answer ? 200 : status);
  });

  if (!refusing.includes(id)) return;

  test('a delivery without authentication, or with that of another endpoint, is refused', async () => {
    const one = await given(id);
    const { headers, body } = sampleOf(id);
    if (preset.kind === 'token') {
      expect(await statusOf({ ...genuine(one), headers, body, url: one.url })).toBe(
        preset.accept?.some((each) => each.in === 'basic') ? 401 : 403,
      );
      const wrong = await given(id);
      expect(
        await statusOf({
          ...genuine(wrong),
          ...signedSample(id, withOtherEnd(wrong.secret), wrong.url, new Date()),
        }),
      ).toBe(403);
      return;
    }
    expect(await statusOf({ ...genuine(one), headers, body })).toBe(rejectionStatus);
    const other = isPublished(id)
      ? signedWithKey(id, aCertificate('sns.amazonaws.com', valid).privateKey, one.url, new Date())
      : signedSample(id, fakeSecret(id), one.url, new Date());
    expect(await statusOf(other)).toBe(rejectionStatus);
    expect((await reasonsOf(one)).sort()).toEqual(expect.arrayContaining(['signature_mismatch', 'signature_missing']));
  });

  if (preset.kind === 'token') return;

  test('a delivery with a cut signature, another body or another time is refused', async () => {
    const one = await given(id);
    const { scheme } = one;
    if (!scheme) throw new Error('it signs');
    const sent = genuine(one);
    expect(await statusOf(withCutSignature(scheme, sent))).toBe(rejectionStatus);
    const changed = await statusOf(withOtherBody(sent));
    expect(coversBody(scheme) ? changed : rejectionStatus).toBe(rejectionStatus);
    const tolerance = toleranceOf(scheme);
    // Without a tolerance, a delivery of any time is accepted.
    const outside = tolerance === undefined ? [] : [-tolerance - 30, tolerance + 30];
    const reasons = outside.length === 0 ? [] : ['timestamp_too_old', 'timestamp_in_future'];
    // The count of a rejection is lost if its write takes a second. Then the deliveries are sent again.
    await waitUntil('the reasons are listed', async () => {
      const statuses = [];
      for (const seconds of outside) statuses.push(await statusOf(genuine(one, new Date(Date.now() + seconds * 1000))));
      expect(statuses).toEqual(outside.map(() => rejectionStatus));
      const found = await reasonsOf(one);
      return reasons.every((reason) => found.includes(reason));
    });
  });
});

test('a delivery that must have a signature and a token is refused without the token or with a wrong one', async () => {
  for (const id of filled(providerIds.filter((each) => presetOf(each).kind === 'both'))) {
    const one = await given(id);
    const sent = genuine(one);
    const bare = one.url.replace(/\?.*$/, '');
    // If the endpoint also accepts Basic, it challenges a request without a token.
    const asks = presetOf(id).accept?.some((each) => each.in === 'basic');
    expect(await statusOf({ ...sent, url: bare })).toBe(asks ? 401 : 403);
    expect(await statusOf({ ...sent, url: withOtherEnd(one.url) })).toBe(403);
    expect(await statusOf({ ...sent, url: bare, headers: { ...sent.headers, ...bearer('another token') } })).toBe(
      asks ? 401 : 403,
    );
  }
});

test("someone who observed a PayPal delivery can't reuse its signature for another body, and repeats are duplicates", async () => {
  const one = await given('paypal');
  const sent = genuine(one);
  const first = await send(sent);
  expect(first.status).toBe(202);
  const forged = {
    ...sent,
    body: withChecksum('{"id":"WH-9","event_type":"PAYMENT.SALE.REFUNDED"}', crc32(sent.body)),
  };
  expect(await statusOf(forged)).toBe(403);
  expect(await reasonsOf(one)).toEqual(['delivery_id_reused']);
  const again = await send(sent);
  expect([again.status, again.json()]).toEqual([200, { id: first.json()['id'], duplicate: true }]);
  expect((await ok(world, 'GET', `${one.path}/events`))['items']).toHaveLength(1);
});

test('an endpoint of PayPal refuses settings under which it would forget a delivery id before the signature expires', async () => {
  const { path } = await given('paypal');
  for (const [settings, detail] of [
    [{ dedupe: { by: 'body', path: '/id' } }, /^dedupe must be the header paypal-transmission-id/],
    [{ retentionDays: 4 }, /^retentionDays must be at least 5/],
  ] as const) {
    const answer = await world.api('PUT', `${path}/endpoint`, settings);
    expect([answer.status, answer.json()['code']]).toEqual([422, 'replay_guard']);
    expect(answer.json()['detail']).toMatch(detail);
  }
  expect((await world.api('PUT', `${path}/endpoint`, { retentionDays: 5, dedupe: null })).status).toBe(200);
});

test('an SNS subscription is confirmed at a URL made from its topic and token, and is not stored as an event', async () => {
  const { url, path } = await given('aws-sns');
  const TopicArn = 'arn:aws:sns:eu-central-1:123456789012:sample';
  const elsewhere = 'https://sns.eu-central-1.amazonaws.com.example.com/?Action=ConfirmSubscription';
  const fields = { Type: 'SubscriptionConfirmation', TopicArn, Token: 'a-token', SubscribeURL: elsewhere };
  const { body } = anSnsMessage(certificates['aws-sns'], fields);
  const headers = { 'content-type': 'text/plain', 'x-amz-sns-message-type': 'SubscriptionConfirmation' };
  const answer = await deliver(url, { headers, body });
  expect([answer.status, answer.text]).toEqual([200, '']);
  expect(asked).toContain(`/?Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=a-token`);
  expect(await ok(world, 'GET', `${path}/events`)).toMatchObject({ items: [] });
  const forged = Buffer.from(body.toString().replace('a-token', 'another'));
  expect((await deliver(url, { headers, body: forged })).status).toBe(403);
  expect(asked.filter((each) => each.includes('another'))).toEqual([]);
});
