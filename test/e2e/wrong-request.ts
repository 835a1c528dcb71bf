/** Invalid operators' requests, and the problems that answer them. */

import { expect } from '@jest/globals';
import type { AwsCall } from '../../local/aws/local-aws.ts';
import { type Received, send } from '../local/http-client.ts';
import { type ActiveEndpoint, anActiveEndpoint, aSharedRuntime, bearer, ok, type World } from '../support/given.ts';

/** A runtime with one active endpoint, and its whole readable state before any invalid request. */
export interface Site {
  world: World;
  endpoint: ActiveEndpoint;
  before: unknown[];
}

export async function aSite(): Promise<Site> {
  const world = await aSharedRuntime({ streams: false });
  const endpoint = await anActiveEndpoint(world);
  const before = await everything(world, endpoint);
  world.calls.length = 0;
  return { world, endpoint, before };
}

/** Of the others, the versions: what is allowed at one, such as the end of its handshake, may change by time alone. */
async function everything(world: World, { path }: ActiveEndpoint): Promise<unknown[]> {
  const { items } = (await ok(world, 'GET', '/v1/connections')) as {
    items: { name: string; version: number }[];
  };
  return [await ok(world, 'GET', path), items.map(({ name, version }) => [name, version])];
}

/**
 * Expects that the functions' calls since the last look were reads, or writes whose condition failed. The operators' authorizer
 * notes the last use of a token once a minute, whatever the request is.
 */
export function expectOnlyReads({ world }: Site): void {
  const isLastUse = ({ principal, operation }: AwsCall) =>
    /-authorizeoperatorFunction/i.test(principal) && operation === 'UpdateItem';
  const took = world.calls.splice(0).filter((call) => call.status < 400 && !isLastUse(call));
  const calls = took.map(({ service, operation }) => `${service} ${operation}`);
  const writes = calls.filter((call) => !/ (Get|Query|List|Describe)/.test(call));
  expect(writes).toEqual([]);
}

/** Expects that an operator reads the same as before the first invalid request. */
export async function expectUnchanged({ world, endpoint, before }: Site): Promise<void> {
  expect(await everything(world, endpoint)).toEqual(before);
}

export interface Wrong {
  body?: string | Buffer;
  contentType?: string | undefined;
}

/** Sends an operator's request as it is. `…` stands for the path of the existing connection, as in the documentation. */
export async function attempt(
  site: Site,
  route: string,
  { body = '', contentType = 'application/json' }: Wrong = {},
): Promise<Received> {
  const [method = '', path = ''] = route.split(' ');
  const answer = await send(site.world.runtime.url, {
    method,
    path: path.replace('…', site.endpoint.path),
    headers: {
      ...bearer(site.world.admin),
      ...(contentType === '' ? {} : { 'content-type': contentType }),
      // node:http would not announce the body of a GET or a DELETE.
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  });
  // At least the operator was read.
  expect(site.world.calls).not.toHaveLength(0);
  return answer;
}

/** Expects a complete problem with this status and code. */
export function expectProblem(answer: Received, status: number, code: string): void {
  expect([answer.status, answer.text === '' ? '' : answer.json()['code']]).toEqual([status, code]);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  expect(answer.json()).toMatchObject({
    type: `urn:hooklatch:problem:${code}`,
    title: expect.stringMatching(/^[A-Z][a-z ]+$/),
    status,
    detail: expect.stringMatching(/.{10}/),
    requestId: answer.headers['apigw-requestid'],
  });
}

/** The operators' routes. `…` stands for the path of the existing connection. */
export const withBody = [
  'POST /v1/connections',
  'PATCH …',
  'PUT …/endpoint',
  'POST …/endpoint/token',
  'POST …/endpoint/token/rotate',
  'POST …/endpoint/activate',
  'POST …/endpoint/deactivate',
  'POST …/endpoint/hold',
  'POST …/endpoint/release',
  'POST …/events/evt_00000000000000000000000000/replay',
  'POST …/events/search',
  'POST …/replays',
  'PUT …/routes',
  'POST …/routes/test',
  'POST /v1/destinations',
  'PATCH /v1/destinations/absent',
  'POST /v1/destinations/absent/pause',
  'POST /v1/destinations/absent/resume',
  'POST /v1/destinations/absent/test',
  'POST /v1/deliveries/absent/redeliver',
  'POST /v1/destinations/absent/secret/rotate',
  'POST /v1/destinations/absent/redeliveries',
];
export const withoutBody = [
  'GET /v1/jobs',
  'GET /v1/providers',
  'GET /v1/providers/github',
  'GET /v1/connections',
  'GET …',
  'DELETE …',
  'DELETE …/endpoint',
  'GET …/endpoint/token',
  'DELETE …/endpoint/token',
  'DELETE …/endpoint/token/previous',
  'GET …/events',
  'GET …/events/evt_00000000000000000000000000',
  'GET …/replays/run_1',
  'DELETE …/replays/run_1',
  'GET …/routes',
  'GET /v1/destinations',
  'GET /v1/destinations/absent',
  'DELETE /v1/destinations/absent',
  'GET /v1/destinations/absent/secret',
  'GET /v1/destinations/absent/history',
  'GET /v1/connections/absent/events/absent/timeline',
  'GET /v1/connections/absent/events/absent/deliveries',
  'GET /v1/destinations/absent/deliveries',
  'GET /v1/destinations/absent/health',
  'GET /v1/destinations/absent/redeliveries',
  'GET /v1/destinations/absent/redeliveries/rdl_1',
  'DELETE /v1/destinations/absent/redeliveries/rdl_1',
  'GET /v1/deliveries/absent',
];
