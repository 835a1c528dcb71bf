/** Every tool by the official client: what it is called, what it may do, what it answers, and what it refuses. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { modes } from '../../../clients/mcp/tool.ts';
import { type Agent, anAgent, anApi, type Called, fencedIn, outsideFences } from './given-agent.ts';
import { answers, evil, examples } from './samples.ts';

/** Name → when it is there, and its hints: whether it only reads, can destroy, can be repeated, reaches outside. Clients grant by name. */
const golden = {
  list_connections: ['read', 'reads', '-', 'repeatable', '-'],
  get_connection: ['read', 'reads', '-', 'repeatable', '-'],
  list_events: ['read', 'reads', '-', 'repeatable', 'open'],
  get_event: ['read', 'reads', '-', 'repeatable', 'open'],
  get_event_headers: ['read', 'reads', '-', 'repeatable', 'open'],
  get_event_body: ['read', 'reads', '-', 'repeatable', 'open'],
  search_events: ['read', 'reads', '-', 'repeatable', 'open'],
  wait_for_events: ['read', 'reads', '-', 'repeatable', 'open'],
  list_rejections: ['read', 'reads', '-', 'repeatable', 'open'],
  list_history: ['read', 'reads', '-', 'repeatable', '-'],
  get_statistics: ['read', 'reads', '-', 'repeatable', '-'],
  list_providers: ['read', 'reads', '-', 'repeatable', '-'],
  get_provider: ['read', 'reads', '-', 'repeatable', '-'],
  check_deployment: ['read', 'reads', '-', 'repeatable', '-'],
  get_routes: ['read', 'reads', '-', 'repeatable', '-'],
  set_routes: ['routes', '-', 'destroys', 'repeatable', 'open'],
  list_destinations: ['read', 'reads', '-', 'repeatable', '-'],
  get_destination: ['read', 'reads', '-', 'repeatable', '-'],
  list_deliveries: ['read', 'reads', '-', 'repeatable', 'open'],
  get_delivery: ['read', 'reads', '-', 'repeatable', 'open'],
  plan_replay: ['read', 'reads', '-', '-', '-'],
  get_replay: ['read', 'reads', '-', 'repeatable', '-'],
  replay_events: ['replay', '-', 'destroys', '-', 'open'],
  activate_endpoint: ['endpoint', '-', '-', 'repeatable', 'open'],
  deactivate_endpoint: ['endpoint', '-', 'destroys', 'repeatable', 'open'],
  release_endpoint: ['endpoint', '-', '-', 'repeatable', 'open'],
  hold_endpoint: ['hold', '-', '-', 'repeatable', '-'],
  send_test: ['send', '-', '-', '-', '-'],
} as const;
const names = Object.keys(golden) as (keyof typeof golden)[];

let agent: Agent;
let tools: Awaited<ReturnType<Agent['client']['listTools']>>['tools'];
let asked: ReturnType<typeof anApi>['asked'];
beforeAll(async () => {
  const deployment = anApi(answers);
  asked = deployment.asked;
  agent = await anAgent(deployment.api, modes);
  ({ tools } = await agent.client.listTools());
});
afterAll(() => agent.client.close());

/** The answer of a tool to its example. Each tool is asked once. */
const exampleOf = (name: string): Promise<Called> => {
  const asking = known.get(name) ?? askExample(name);
  known.set(name, asking);
  return asking;
};
const known = new Map<string, Promise<Called>>();

async function askExample(name: string): Promise<Called> {
  const args = examples[name];
  if (args?.['planId'] === undefined) return agent.call(name, args);
  const { answer } = await agent.call('plan_replay', examples['plan_replay']);
  return agent.call(name, { ...args, planId: answer?.['planId'] });
}

test('these are the tools, with all four hints each', () => {
  const listed = tools.map(({ name, annotations = {} }) => {
    const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = annotations;
    return [
      name,
      [
        readOnlyHint === true ? 'reads' : readOnlyHint === false && '-',
        destructiveHint === true ? 'destroys' : destructiveHint === false && '-',
        idempotentHint === true ? 'repeatable' : idempotentHint === false && '-',
        openWorldHint === true ? 'open' : openWorldHint === false && '-',
      ],
    ];
  });
  expect(listed).toEqual(Object.entries(golden).map(([name, [, ...hints]]) => [name, hints]));
});

test.each([
  [[], 'read'],
  [['endpoint'], 'read endpoint'],
  [['replay'], 'read replay'],
  [['routes'], 'read routes'],
  [['send'], 'read send'],
  [['hold'], 'read hold'],
  [['replay', 'routes'], 'read replay routes'],
] as const)('with %j there are the tools of: %s', async (more, all) => {
  const { client } = await anAgent(anApi(answers).api, ['read', ...more]);
  const listed = await client.listTools();
  expect(listed.tools.map(({ name }) => name)).toEqual(
    names.filter((name) => all.split(' ').includes(golden[name][0])),
  );
  await client.close();
});

test('without a flag there is no tool that writes, also for a client that calls it all the same', async () => {
  const { api, asked: requests } = anApi(answers);
  const { client, call } = await anAgent(api);
  const writes = names.filter((name) => golden[name][0] !== 'read');
  const called = await Promise.all(writes.map((name) => call(name, examples[name]).catch(({ message }) => message)));
  expect(called).toEqual(writes.map((name) => expect.stringContaining(`Tool ${name} not found`)));
  expect(requests).toEqual([]);
  await client.close();
});

test('every tool has an example', () => {
  expect(Object.keys(examples)).toEqual(names);
});

describe.each(names)('%s', (name) => {
  test('answers by its schema, and with the same JSON as text', async () => {
    // The client checks the answer against the schema too.
    expect(tools.find((tool) => tool.name === name)?.outputSchema).toMatchObject({ additionalProperties: false });
    const { isError, text, answer } = await exampleOf(name);
    expect([isError, isError ? text : '']).toEqual([false, '']);
    expect(JSON.parse(text)).toEqual(answer);
  });

  test('fences what others have written, and says so before it and after it', async () => {
    const { text, answer = {} } = await exampleOf(name);
    const fields = Object.keys(answer);
    expect(outsideFences(text).match(/ignore your instructions/i)).toBeNull();
    expect([fields[0] === 'untrusted', fields.at(-1) === 'reminder']).toEqual(
      fencedIn(text).length > 0 ? [true, true] : [false, false],
    );
  });

  test('refuses an argument that it does not have, and asks nothing', async () => {
    const before = asked.length;
    const { isError, text } = await agent.call(name, { ...examples[name], isAdmin: true });
    expect([isError, text, asked.length]).toEqual([true, expect.stringContaining('"isAdmin"'), before]);
  });
});

test('a wrong word of a choice is refused', async () => {
  const { isError, text } = await agent.call('get_statistics', { by: 'century' });
  expect([isError, text]).toEqual([true, expect.stringContaining('by')]);
});

test('no answer has what a form of a sender asks for, or a header that proves it', async () => {
  const texts = await Promise.all(names.map(async (name) => (await exampleOf(name)).text));
  expect(texts.filter((text) => text.includes('a-verify-token'))).toEqual([]);
  expect(fencedIn(JSON.stringify(texts)).filter((text) => text.includes(evil)).length).toBeGreaterThan(20);
});
