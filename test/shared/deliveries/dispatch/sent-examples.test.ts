/** GitHub's example payloads, from the stored event to a receiver on this machine that checks GitHub's signature and Hooklatch's. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sign, verify } from '@octokit/webhooks-methods';
import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { deliveryRequest } from '../../../../shared/deliveries/destination/delivery-request.ts';
import { generateSigningSecret } from '../../../../shared/deliveries/destination/signing-secret.ts';
import { sentMessage } from '../../../../shared/deliveries/dispatch/sent-message.ts';
import { outboundSender } from '../../../../shared/ground/outbound/outbound-request.ts';
import { aStoredEvent } from '../../events/event/given-event.ts';

const definitions = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string;
  examples: object[];
}[];
const payloads = definitions.flatMap(({ name, examples }) =>
  examples.map((example) => ({ type: name, body: Buffer.from(JSON.stringify(example)) })),
);

const githubSecret = 'the secret that GitHub has';
const ourSecret = generateSigningSecret();
const send = outboundSender({ ownHosts: [], allow: ['127.0.0.1'] });

let receiver: Server;
let url: string;
let got: { headers: IncomingHttpHeaders; body: Buffer }[];
beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    got.push({ headers: request.headers, body: Buffer.concat(chunks) });
    response.end();
  });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
});
afterAll(() => {
  receiver.close();
});

/** The headers of a delivery by GitHub, as API Gateway hands them over. */
const headersOf = async (type: string, body: Buffer) => ({
  accept: '*/*',
  'content-length': `${body.length}`,
  'content-type': 'application/json',
  host: 'hooks.example.com',
  'user-agent': 'GitHub-Hookshot/044aadd',
  'x-amzn-trace-id': 'Root=1-65e1b9c0-0123456789abcdef01234567',
  'x-forwarded-for': '192.30.252.1',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
  'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  'x-github-event': type,
  'x-github-hook-id': '292430182',
  'x-hub-signature-256': await sign(githubSecret, body.toString()),
});

/** Sends a payload to the receiver. @returns what became of the request */
async function sent(headers: Record<string, string>, body: Buffer) {
  const event = aStoredEvent({ headers, body });
  const request = deliveryRequest(
    { method: 'POST' },
    { url, headers: {}, signingSecret: ourSecret },
    sentMessage(event, body, undefined, { id: 'dlv_1', attempt: 1 }),
    { proof: { kind: 'none' }, at: new Date(), isInGrace: false },
  );
  got = [];
  return send(request, { timeoutMs: 60_000 });
}

/** Sends a payload to the receiver. @returns what it got */
async function received(type: string, body: Buffer) {
  const result = await sent(await headersOf(type, body), body);
  expect(result).toMatchObject({ outcome: 'answered', status: 200, leftOut: [] });
  return got as [{ headers: IncomingHttpHeaders; body: Buffer }];
}

/** As a receiver does that uses the library of Svix. */
const verifyBySvix = (body: Buffer, headers: IncomingHttpHeaders) =>
  new SvixWebhook(ourSecret).verify(body, headers as Record<string, string>);

test('each payload arrives once, with its bytes and headers, and both signatures verify', async () => {
  expect(payloads).toHaveLength(329);
  for (const { type, body } of payloads) {
    const [{ headers, body: arrived }, ...more] = await received(type, body);
    expect(more).toEqual([]);
    expect(arrived.equals(body)).toBe(true);
    expect(headers).toEqual({
      accept: '*/*',
      connection: 'close',
      'content-length': `${body.length}`,
      'content-type': 'application/json',
      host: new URL(url).host,
      'hooklatch-attempt': '1',
      'hooklatch-connection': 'orders',
      'hooklatch-event': 'evt_00000000000000000000000000',
      'hooklatch-hops': '1',
      'user-agent': 'GitHub-Hookshot/044aadd',
      'webhook-id': 'dlv_1',
      'webhook-signature': expect.stringMatching(/^v1,/),
      'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      'x-github-event': type,
      'x-github-hook-id': '292430182',
      'x-hub-signature-256': expect.stringMatching(/^sha256=/),
    });
    expect(await verify(githubSecret, arrived.toString(), `${headers['x-hub-signature-256']}`)).toBe(true);
    const signed = new Webhook(ourSecret);
    expect(signed.verify(arrived, headers as Record<string, string>)).toEqual(JSON.parse(body.toString()));
    expect(() => verifyBySvix(arrived, headers)).not.toThrow();
  }
});

test('of a payload that was changed on its way, neither signature verifies', async () => {
  const [{ type, body }] = payloads as [(typeof payloads)[0]];
  const [{ headers }] = await received(type, body);
  const changed = Buffer.concat([body, Buffer.from(' ')]);
  expect(await verify(githubSecret, changed.toString(), `${headers['x-hub-signature-256']}`)).toBe(false);
  expect(() => new Webhook(ourSecret).verify(changed, headers as Record<string, string>)).toThrow(
    'No matching signature found',
  );
  expect(() => verifyBySvix(changed, headers)).toThrow('No matching signature found');
});

test('a webhook that goes round is sent three times', async () => {
  const body = Buffer.from('{}');
  const counts: unknown[] = [];
  let headers: Record<string, string> = {};
  for (;;) {
    const { outcome } = await sent(headers, body);
    if (outcome !== 'answered') break;
    headers = got[0]?.headers as Record<string, string>;
    counts.push(headers['hooklatch-hops']);
  }
  expect(counts).toEqual(['1', '2', '3']);
  expect(await sent(headers, body)).toMatchObject({ outcome: 'forbidden', rule: 'hops' });
  // Each time, what the deployment before said about the delivery is under another name.
  expect(headers).toMatchObject({
    'webhook-id': 'dlv_1',
    'hooklatch-original-webhook-id': 'dlv_1',
    'hooklatch-original-hooklatch-original-webhook-id': 'dlv_1',
  });
});
