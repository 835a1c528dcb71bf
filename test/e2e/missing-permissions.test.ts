/** Without a permission exactly the calls that need it fail, with a 500 that reveals nothing. Each case starts a runtime. */
import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Template } from '../../local/cloudformation/template.ts';
import type { Received } from '../local/http-client.ts';
import { anActiveEndpoint, aRuntime, bearer, deliver, tableOf, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aRefusingQueue, sendEverything } from './given-deliveries.ts';
import {
  base,
  callAll,
  cleanUp,
  denialsIn,
  denialsOf,
  doEverything,
  expectOnly,
  folder,
  type Name,
  ofOperatorAuthorize,
  ofRelay,
  ofSending,
  ofSendingOn,
  ofSources,
  prepare,
  together,
  togetherByThemselves,
  without,
  wordsOf,
} from './given-permissions.ts';

beforeAll(async () => (await prepare()).end());
afterAll(cleanUp);

const cases = [...together, ...ofOperatorAuthorize.map((right) => [right])];

test.each(cases.map((missing) => ({ missing, words: missing.map(wordsOf).join(', ') })))(
  'without $words only the calls that need it fail',
  async ({ missing }) => {
    const dataDir = mkdtempSync(join(folder, 'case-'));
    cpSync(base, dataDir, { recursive: true });
    const world = await aRuntime({
      dataDir,
      transformTemplate: (template) => missing.reduce((changed, right) => without(changed, right), template),
    });
    const answers = await callAll(world);
    // Background work reaches its denial some time later.
    for (const name of ['run-replay-jobs', 'run-redelivery-jobs', 'count-events'])
      if (missing.some(([other]) => name === other))
        await world.runtime.runSchedule('EveryMinute', name.replaceAll('-', ''));
    const denials = await denialsOf(missing, world);
    await world.end();
    const failed = Object.entries(answers).filter(([, { status }]) => status >= 300);
    const expectedToFail = missing.flatMap(([, , , failing]) => failing);
    expect(failed.map(([call, { status }]) => `${call} ${status}`).sort()).toEqual(
      expectedToFail.map((call) => `${call} 500`).sort(),
    );
    for (const [call, answer] of failed) {
      const isByGateway = ofSending.includes(call as Name) || missing[0]?.[0] === 'authorize-operator';
      expect(isByGateway ? answer.text : problemOf(answer)).toEqual(
        isByGateway ? '{"message":"Internal Server Error"}' : internalError,
      );
    }
    expectOnly(missing, denials);
  },
);

test.each(ofSources.map((right) => [wordsOf(right), right] as const))(
  'the runtime does not start without %s',
  async (_, right) => {
    const transformTemplate = (template: Template) => without(template, right);
    const [, action] = right;
    await expect(aRuntime({ transformTemplate })).rejects.toThrow(`not authorized to perform: ${action}`);
  },
);

/** The relay's first log line that says that it is blocked. */
async function stuck(world: World): Promise<unknown> {
  const find = () => world.logs.find((line) => line.includes('"outcome":"stuck"'));
  await waitUntil('the relay is stuck', () => find() !== undefined);
  return JSON.parse(find() ?? '').message;
}

const blocking: [string, string, object, number][] = [
  ['relay: events:PutEvents on Bus', 'AccessDenied', {}, 0],
  ['relay: dynamodb:GetItem on State', 'AccessDenied', { held: { S: 'hold-1' } }, 1],
];

test.each(blocking)('without %s webhooks are accepted but do not reach the bus', async (words, code, more, before) => {
  const right = ofRelay.find((each) => wordsOf(each) === words);
  if (right === undefined) throw new Error(`${words} is in no table`);
  const world = await aRuntime({ transformTemplate: (template) => without(template, right) });
  const given = await anActiveEndpoint(world);
  const answer = await deliver(given.url, { headers: bearer(given.token), body: '{}' });
  expect(answer.status).toBe(202);
  // A held event must be looked up.
  const TableName = tableOf(world.runtime, 'Events');
  const { Items: [Item] = [] } = await world.dynamodb.send(new ScanCommand({ TableName }));
  const id = `evt_${'z'.repeat(26)}`;
  await world.dynamodb.send(new PutItemCommand({ TableName, Item: { ...Item, id: { S: id }, ...more } }));
  expect(await stuck(world)).toMatchObject({ code: expect.stringContaining(code), connection: given.name });
  // The event before it is published if the relay did not need the permission for it.
  const published = world.busEvents().filter(({ source }) => source !== 'hooklatch');
  expect(published.map(({ detail }) => detail)).toEqual(
    [Item?.['id']?.S].slice(0, before).map((id) => expect.objectContaining({ id })),
  );
  await world.end();
  const [, action] = right;
  expect(denialsIn(world.logs)).toEqual([expect.stringContaining(` ${action} `)]);
});

test.each(togetherByThemselves.map((missing) => ({ missing, words: missing.map(wordsOf).join(', ') })))(
  'without $words all requests are answered as usual',
  async ({ missing }) => {
    const world = await aRuntime({
      transformTemplate: (template) => missing.reduce((changed, right) => without(changed, right), template),
    });
    const { url, token } = await anActiveEndpoint(world);
    expect((await deliver(url, { headers: bearer(token), body: '{}' })).status).toBe(202);
    await doEverything(world);
    expectOnly(missing, await denialsOf(missing, world));
    await world.end();
  },
);

test.each(ofSendingOn.map((right) => [wordsOf(right), right] as const))(
  'without %s webhooks do not all reach their destinations, and all requests are answered as usual',
  async (_, right) => {
    const queue = aRefusingQueue();
    const transformTemplate = (template: Template) => without(template, right);
    const world = await aRuntime({ fault: queue.fault, transformTemplate });
    const isDenied = () => denialsIn(world.logs).length > 0;
    await sendEverything(world, queue, isDenied);
    expectOnly([right], await denialsOf([right], world));
    await world.end();
  },
);

/** Everything that an operator can read. */
const internalError = {
  type: 'urn:hooklatch:problem:internal_error',
  title: 'Internal server error',
  status: 500,
  code: 'internal_error',
  detail: 'Hooklatch failed. Try again. If it fails again, look for the requestId in the logs.',
};

function problemOf({ headers, text }: Received): unknown {
  expect(headers['content-type']).toBe('application/problem+json');
  const { requestId, ...problem } = JSON.parse(text);
  expect(requestId).toMatch(/^\S+$/);
  return problem;
}
