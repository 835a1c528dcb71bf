/** What an operator sends to an endpoint: the sample of its sender, a recorded event, or a body; as a test, or as real. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SelfTest } from '../../shared/endpoints/endpoint/self-test-view.ts';
import { testInFull } from '../support/full-counts.ts';
import { anActiveEndpoint, aSharedRuntime, bearer, deliver, ok, type World } from '../support/given.ts';
import { anEndpointOf } from './given-endpoint-of.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime();
});
afterAll(() => world.end());

const send = async (path: string, body: object): Promise<SelfTest> =>
  (await ok(world, 'POST', `${path}/endpoint/test`, body)) as unknown as SelfTest;

const outcomeOf = ({ steps }: SelfTest, wanted: string) => steps.find(({ step }) => step === wanted)?.outcome;

interface ReadEvent extends Record<string, unknown> {
  headers: Record<string, string>;
}

/** The event that a delivery became. */
const eventOf = async (path: string, { eventId }: SelfTest): Promise<ReadEvent> =>
  (await ok(world, 'GET', `${path}/events/${eventId}`)) as ReadEvent;

/** What reached the bus of an event. */
const publishedOf = async (eventId: string | null): Promise<unknown[]> => {
  await world.runtime.settled();
  return world.busEvents().filter(({ detail }) => (detail as { id?: string }).id === eventId);
};

/** What was refused. */
const refusal = async (path: string, body: object) => {
  const answer = await world.api('POST', `${path}/endpoint/test`, body);
  return [answer.status, answer.json()['code'], answer.json()['detail']];
};

test("the sender's sample arrives with the type that was asked for, marked as a test and published to nobody", async () => {
  const path = await anEndpointOf(world, 'github');
  const sent = await send(path, { type: 'push' });
  expect(sent.passed).toBe(true);
  const event = await eventOf(path, sent);
  expect(event).toMatchObject({
    type: 'push',
    test: true,
    body: '{"action":"opened","issue":{"number":7,"title":"It rains"}}',
  });
  expect(await publishedOf(sent.eventId)).toEqual([]);
});

test('a body arrives byte for byte', async () => {
  const { path } = await anActiveEndpoint(world);
  const bytes = Buffer.from([0x00, 0xff, 0xfe, 0x0d, 0x0a, 0xc3]);
  const sent = await send(path, { bodyBase64: bytes.toString('base64'), contentType: 'application/octet-stream' });
  expect(await eventOf(path, sent)).toMatchObject({
    bodyBase64: 'AP/+DQrD',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    contentType: 'application/octet-stream',
    bytesAltered: false,
  });
});

test('a recorded event arrives once more, with its headers, under a new id and the live token', async () => {
  const endpoint = await anActiveEndpoint(world, { dedupe: { by: 'header', name: 'x-id' } });
  const { url, token, path } = endpoint;
  const body = '{ "n": 12345678901234567890 }';
  const headers = { ...bearer(token), 'x-id': 'first', 'x-shop': 'berlin', 'x-forwarded-for': '192.0.2.1' };
  const first = await deliver(`${url}/in/berlin?a=1`, { method: 'PUT', headers, body });
  await ok(world, 'POST', `${path}/endpoint/token/rotate`, { graceSeconds: 0, force: true });
  const sent = await send(path, { eventId: first.json()['id'] });
  expect(sent.passed).toBe(true);
  expect(sent.eventId).not.toBe(first.json()['id']);
  const event = await eventOf(path, sent);
  expect(event).toMatchObject({ method: 'PUT', path: 'in/berlin', query: 'a=1', body, test: true });
  expect(event.headers).toMatchObject({ 'x-shop': 'berlin', authorization: 'REDACTED' });
  expect(event.headers['x-id']).toMatch(/^test-[0-9a-f]{16}$/);
});

testInFull('a recorded event with a large body arrives once more', async () => {
  const { url, token, path } = await anActiveEndpoint(world);
  const body = Buffer.alloc(700_000, 'x');
  const first = await deliver(url, { headers: bearer(token), body });
  const sent = await send(path, { eventId: first.json()['id'] });
  expect(await eventOf(path, sent)).toMatchObject({
    size: 700_000,
    sha256: createHash('sha256').update(body).digest('hex'),
  });
});

testInFull('an event of another connection can not be sent, nor one that has expired', async () => {
  const other = await anActiveEndpoint(world);
  const first = await deliver(other.url, { headers: bearer(other.token), body: '{}' });
  const { path } = await anActiveEndpoint(world);
  const before = await ok(world, 'GET', path);
  expect((await refusal(path, { eventId: first.json()['id'] })).slice(0, 2)).toEqual([404, 'event_not_found']);
  expect((await refusal(path, { eventId: 'no event' })).slice(0, 2)).toEqual([404, 'event_not_found']);
  expect(await ok(world, 'GET', path)).toEqual(before);
  const own = await anActiveEndpoint(world, { retentionDays: 1 });
  const expiring = await deliver(own.url, { headers: bearer(own.token), body: '{}' });
  world.clock.ahead = 2 * 86_400_000;
  const refused = await refusal(own.path, { eventId: expiring.json()['id'] });
  world.clock.ahead = 0;
  expect(refused.slice(0, 2)).toEqual([404, 'event_not_found']);
});

describe('a real one', () => {
  test('is published and counted like any webhook, and the history says so', async () => {
    const path = await anEndpointOf(world, 'github');
    const sent = await send(path, { real: true, sample: true });
    expect([sent.passed, outcomeOf(sent, 'published'), sent.note]).toEqual([true, 'skipped', undefined]);
    const event = await eventOf(path, sent);
    expect(event).not.toHaveProperty('test');
    expect(event).toMatchObject({ type: 'issues', deliveryId: expect.stringMatching(/^sent-[0-9a-f]{16}$/) });
    expect(event.headers).not.toHaveProperty('hooklatch-test');
    expect(await publishedOf(sent.eventId)).toMatchObject([{ 'detail-type': 'issues' }]);
    const { items } = (await ok(world, 'GET', `${path}/history`)) as { items: object[] };
    expect(items[0]).toMatchObject({ verb: 'test', real: true, from: 'active', to: 'active' });
  });

  testInFull('with an id that came before is not stored again, and says so', async () => {
    const path = await anEndpointOf(world, 'stripe');
    const body = { body: '{"id":"evt_9","type":"invoice.paid"}', real: true };
    const first = await send(path, body);
    const second = await send(path, body);
    expect([first.passed, second.passed, second.eventId]).toEqual([true, false, first.eventId]);
    expect(second.steps[4]).toMatchObject({ step: 'stored', outcome: 'failed', facts: [{ code: 'delivery_known' }] });
  });

  testInFull('to a sender whose answer names no event is found by its delivery id, or not named', async () => {
    // The answer of Slack is empty, and its id is in the body.
    const path = await anEndpointOf(world, 'slack');
    const body = { body: '{"type":"event_callback","event_id":"Ev1","event":{"type":"message"}}', real: true };
    const [first, second] = [await send(path, body), await send(path, body)];
    expect(await eventOf(path, first)).toMatchObject({ deliveryId: 'Ev1' });
    expect([first.passed, second.passed, second.eventId]).toEqual([true, false, first.eventId]);
    const unnamed = await send(await anEndpointOf(world, 'dropbox-sign'), { sample: true, real: true });
    expect([unnamed.passed, unnamed.eventId]).toEqual([true, null]);
    expect(unnamed.steps[4]).toMatchObject({
      step: 'stored',
      outcome: 'skipped',
      facts: [{ code: 'event_not_named' }],
    });
  });

  testInFull('that only the sender can sign is not sent, so nothing is refused', async () => {
    const path = await anEndpointOf(world, 'discord');
    const sent = await send(path, { sample: true, real: true });
    expect([sent.passed, outcomeOf(sent, 'reached'), sent.steps[2]?.facts]).toEqual([
      false,
      'skipped',
      [{ code: 'only_sender_signs' }],
    ]);
    expect(await ok(world, 'GET', `${path}/rejections`)).toMatchObject({ items: [] });
  });
});

describe('refused, and nothing is sent:', () => {
  test.each([
    ['two things at once', { sample: true, body: '{}' }, 'body'],
    ['a type of a recorded event', { eventId: 'evt_0', type: 'push' }, 'type'],
    ['a content type without a body', { contentType: 'text/plain' }, 'contentType'],
    ['a real one that is published besides', { real: true, sample: true, publish: true }, 'publish'],
    ['a real one without content', { real: true }, 'real'],
    ['a type that no header can carry', { type: 'a\nb' }, 'type'],
    ['a content type that no header can carry', { body: '{}', contentType: 'a\r\nx-admin: 1' }, 'contentType'],
    ['bytes that are not base64', { bodyBase64: '%%' }, 'bodyBase64'],
  ])('%s', async (_, body, field) => {
    const path = '/v1/connections/none';
    const answer = await world.api('POST', `${path}/endpoint/test`, body);
    expect([answer.status, answer.json()['code']]).toEqual([422, 'invalid_request']);
    expect(answer.json()).toMatchObject({ errors: [{ path: field }] });
  });

  testInFull('a type that the endpoint reads nowhere, or in the body that is given', async () => {
    const nowhere = await anEndpointOf(world, 'generic');
    expect(await refusal(nowhere, { type: 'push' })).toEqual([
      422,
      'invalid_request',
      "type can't be sent, because no type is read from deliveries of this sender; leave it out.",
    ]);
    const inBody = await anEndpointOf(world, 'stripe');
    expect(await refusal(inBody, { type: 'push', body: '{}' })).toEqual([
      422,
      'invalid_request',
      'type is read in the body here, which is sent as it is; write it there.',
    ]);
  });

  testInFull('a text to a sender that writes its signature into the body', async () => {
    const path = await anEndpointOf(world, 'mailgun');
    expect(await refusal(path, { body: 'hello', contentType: 'text/plain' })).toEqual([
      422,
      'invalid_request',
      'body must be a JSON object or a form, because this sender writes its proof into the body.',
    ]);
  });

  testInFull('a body of more than a megabyte', async () => {
    const { path } = await anActiveEndpoint(world);
    expect((await send(path, { body: 'x'.repeat(1_048_576), contentType: 'text/plain' })).passed).toBe(true);
    expect((await refusal(path, { body: 'x'.repeat(1_048_577) })).slice(0, 2)).toEqual([422, 'invalid_request']);
    expect((await refusal(path, { body: 'x'.repeat(3_000_000) })).slice(0, 2)).toEqual([413, 'body_too_large']);
  });
});
