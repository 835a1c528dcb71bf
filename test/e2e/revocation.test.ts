/** A revocation applies to the next request, and so does an activation. No cache may outlive the change. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { count } from '../support/full-counts.ts';
import {
  type ActiveEndpoint,
  anActiveEndpoint,
  aSharedRuntime,
  bearer,
  deliver,
  ok,
  type World,
} from '../support/given.ts';

/** A third of the rounds for each kind of revocation. */
const rounds = count({ usual: 6, full: 1_000 });

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

/** The status of a delivery with this token. */
const statusFor = async ({ url }: ActiveEndpoint, token: string): Promise<number> =>
  (await deliver(url, { headers: bearer(token), body: '{}' })).status;

const tokenOf = async (method: string, path: string, body?: unknown) =>
  String((await ok(world, method, path, body))['token']);

/** Revokes a token in one way and tries it at once. Then repairs the endpoint and tries that at once. */
type Round = (endpoint: ActiveEndpoint, token: string) => Promise<{ refused: number; accepted: number; token: string }>;

const deactivated: Round = async (endpoint, token) => {
  await ok(world, 'POST', `${endpoint.path}/endpoint/deactivate`);
  const refused = await statusFor(endpoint, token);
  await ok(world, 'POST', `${endpoint.path}/endpoint/activate`);
  return { refused, accepted: await statusFor(endpoint, token), token };
};

const removed: Round = async (endpoint, token) => {
  await ok(world, 'DELETE', `${endpoint.path}/endpoint/token`);
  const refused = await statusFor(endpoint, token);
  const next = await tokenOf('POST', `${endpoint.path}/endpoint/token`);
  await ok(world, 'POST', `${endpoint.path}/endpoint/activate`);
  return { refused, accepted: await statusFor(endpoint, next), token: next };
};

const graceEnded: Round = async (endpoint, token) => {
  const next = await tokenOf('POST', `${endpoint.path}/endpoint/token/rotate`);
  // Lets the functions' instances read the token once, so that they could cache it.
  if ((await statusFor(endpoint, token)) !== 202) return { refused: 0, accepted: 0, token: next };
  await ok(world, 'DELETE', `${endpoint.path}/endpoint/token/previous`);
  return { refused: await statusFor(endpoint, token), accepted: await statusFor(endpoint, next), token: next };
};

test(`${rounds} of ${rounds} revocations refuse the next request, and as many activations accept it`, async () => {
  const endpoint = await anActiveEndpoint(world);
  let { token } = endpoint;
  const met = { refused: 0, accepted: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const go = [deactivated, removed, graceEnded][round % 3] ?? deactivated;
    const answers = await go(endpoint, token);
    token = answers.token;
    if (answers.refused === 403) met.refused += 1;
    if (answers.accepted === 202) met.accepted += 1;
  }
  expect(met).toEqual({ refused: rounds, accepted: rounds });
  const { endpoint: after } = (await ok(world, 'GET', endpoint.path)) as { endpoint: { url: string } };
  expect(after.url).toBe(endpoint.url);
});
