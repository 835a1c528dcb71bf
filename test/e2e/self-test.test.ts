import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SelfTest } from '../../shared/endpoints/endpoint/self-test-view.ts';
import { type ProviderId, presetOf, providerIds } from '../../shared/endpoints/provider/presets.ts';
import { count, testInFull } from '../support/full-counts.ts';
import { aName, anActiveEndpoint, aSharedRuntime, bearer, deliver, ok, type World } from '../support/given.ts';
import { anEndpointOf } from './given-endpoint-of.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime();
});
afterAll(() => world.end());

const given = (id: ProviderId, settings: object = {}) => anEndpointOf(world, id, settings);

const run = async (path: string, body: object = {}): Promise<SelfTest> =>
  (await ok(world, 'POST', `${path}/endpoint/test`, body)) as unknown as SelfTest;

const outcomesOf = ({ steps }: SelfTest) => Object.fromEntries(steps.map(({ step, outcome }) => [step, outcome]));
const passed = { resolved: 'passed', reached: 'passed', authorized: 'passed', verified: 'passed', stored: 'passed' };

/**
 * The providers for which no sample can be signed here, or whose endpoint waits for the sender's certificate or secret.
 */
const ownKeys: ProviderId[] = ['sendgrid', 'discord', 'wix', 'paypal', 'aws-sns'];

/**
 * The senders of `npm test`: every kind of token and of proof. `npm run test:full` has all senders.
 * `test/shared/events/arrival/every-sender.test.ts` makes and verifies the samples of all senders without a runtime.
 */
const chosen: readonly ProviderId[] = [...(['generic', 'telegram', 'figma', 'github', 'mailgun'] as const)];
const others = providerIds.filter((id) => !chosen.includes(id) && !ownKeys.includes(id));
const tested = [...chosen, ...others].slice(0, count({ usual: chosen.length, full: providerIds.length }));

test.each(tested)('a self-test of %s passes every step', async (id) => {
  const path = await given(id);
  const result = await run(path);
  expect(outcomesOf(result)).toEqual({ ...passed, published: 'skipped' });
  const event = await ok(world, 'GET', `${path}/events/${result.eventId}`);
  expect(event).toMatchObject({ id: result.eventId, test: true });
  expect(event['type']).toBe(presetOf(id).type ? 'hooklatch.test' : 'webhook');
});

test("a passed self-test notes that it can't know whether the sender has the same secret or token", async () => {
  expect((await run(await given('github'))).note).toBe(
    'The sample was made with the secret stored in Hooklatch. Only a webhook from the sender itself shows whether it has the same.',
  );
  expect((await run(await given('telegram'))).note).toBe(
    'The sample was made with the token stored in Hooklatch. Only a webhook from the sender itself shows whether it has the same.',
  );
});

testInFull.each(['sendgrid', 'discord', 'wix'] as const)(
  'a self-test of %s explains that only the sender can sign',
  async (id) => {
    const result = await run(await given(id));
    expect(outcomesOf(result)).toMatchObject({ resolved: 'passed', reached: 'passed', authorized: 'skipped' });
    expect(result).toMatchObject({ eventId: null, passed: false });
    expect(result.note).toBeUndefined();
    expect(result.steps[2]?.detail).toMatch(/Only the sender can sign/);
  },
);

test('the nonce in the header of a self-test is redacted in the event and on the bus', async () => {
  const path = await given('github');
  const { eventId } = await run(path, { publish: true });
  const { headers } = (await ok(world, 'GET', `${path}/events/${eventId}`)) as { headers: Record<string, string> };
  expect(headers['hooklatch-test']).toBe('REDACTED');
  const published = world.busEvents().find(({ detail }) => (detail as { id?: string }).id === eventId);
  expect(published).toMatchObject({ detail: { headers: { 'hooklatch-test': 'REDACTED' } } });
});

describe('the event of a self-test', () => {
  const eventsOf = (id: string | null) =>
    world.busEvents().filter((event) => (event['detail'] as { id?: string }).id === id);

  test('reaches the bus, marked as a test, only if the request asks for it', async () => {
    const path = await given('github');
    const quiet = await run(path);
    const loud = await run(path, { publish: true });
    expect(outcomesOf(loud)).toEqual({ ...passed, published: 'passed' });
    expect(eventsOf(loud.eventId)).toMatchObject([{ detail: { test: true, type: 'hooklatch.test' } }]);
    await world.runtime.settled();
    expect(eventsOf(quiet.eventId)).toEqual([]);
  });

  testInFull('is published by a single replay, but not by a replay job', async () => {
    const path = await given('github');
    const { eventId } = await run(path);
    const counted = await ok(world, 'POST', `${path}/replays`, { from: '2026-01-01T00:00:00Z', dryRun: true });
    expect(counted).toMatchObject({ count: 1, skippedBecause: { test: 1 } });
    await ok(world, 'POST', `${path}/events/${eventId}/replay`);
    await world.runtime.settled();
    expect(eventsOf(eventId)).toMatchObject([{ detail: { replay: 1, test: true } }]);
  });

  testInFull('waits for the release if the endpoint is held', async () => {
    const path = await given('github');
    await ok(world, 'POST', `${path}/endpoint/hold`);
    const { steps } = await run(path, { publish: true });
    expect(steps.at(-1)).toMatchObject({ step: 'published', outcome: 'skipped' });
    expect(steps.at(-1)?.detail).toMatch(/release/);
  });
});

describe('a self-test reports what prevents it from passing', () => {
  const failureOf = ({ steps }: SelfTest) => steps.find(({ outcome }) => outcome === 'failed');

  test('an address list that excludes the caller', async () => {
    const result = await run(await given('github', { allowFrom: ['192.0.2.1'] }));
    expect(failureOf(result)).toMatchObject({
      step: 'authorized',
      detail: expect.stringMatching(/address_not_allowed/),
    });
    expect(outcomesOf(result)['stored']).toBe('skipped');
  });

  test('a missing secret', async () => {
    const path = `/v1/connections/${aName()}`;
    await ok(world, 'POST', '/v1/connections', { name: path.slice(16), provider: 'stripe' });
    await ok(world, 'PUT', `${path}/endpoint`, {});
    await ok(world, 'POST', `${path}/endpoint/activate`);
    expect(failureOf(await run(path))).toMatchObject({
      step: 'authorized',
      detail: expect.stringMatching(/secret_missing/),
    });
  });

  testInFull('a method that the endpoint does not accept', async () => {
    const result = await run(await given('github', { methods: ['PUT'] }));
    expect(failureOf(result)?.detail).toMatch(/405/);
  });

  testInFull('an inactive endpoint', async () => {
    const path = await given('github');
    await ok(world, 'POST', `${path}/endpoint/deactivate`);
    const answer = await world.api('POST', `${path}/endpoint/test`, {});
    expect([answer.status, answer.json()['code']]).toEqual([409, 'action_not_allowed']);
    expect(answer.json()['detail']).toMatch(/First activate the endpoint \(POST …\/endpoint\/activate\)/);
  });
});

describe('a self-test', () => {
  test('does not count as a use of the token', async () => {
    const path = await given('github');
    await run(path, { publish: true });
    await world.runtime.settled();
    const view = (await ok(world, 'GET', path)) as { endpoint: { tokens: object[] } };
    expect(view.endpoint.tokens[0]).not.toHaveProperty('lastUsedAt');
  });

  test("can't be imitated: a webhook with a made-up test header is stored as an ordinary event", async () => {
    const { path, url, token } = await anActiveEndpoint(world);
    const headers = { ...bearer(token), 'hooklatch-test': 'made up' };
    const answer = await deliver(url, { headers, body: '{}' });
    expect(answer.headers['server-timing']).toBeUndefined();
    expect(await ok(world, 'GET', `${path}/events/${answer.json()['id']}`)).not.toHaveProperty('test');
  });

  test("is in the history, and the connection shows neither its nonce's digest nor its expiry", async () => {
    const path = await given('github');
    await run(path);
    await world.runtime.settled();
    const { items } = (await ok(world, 'GET', `${path}/history`)) as { items: { verb: string }[] };
    expect(items[0]).toMatchObject({ verb: 'test', from: 'active', to: 'active' });
    const record = JSON.stringify(await ok(world, 'GET', path));
    expect(record).toContain('"status":"active"');
    expect(record).not.toMatch(/digest|until/);
  });
});
