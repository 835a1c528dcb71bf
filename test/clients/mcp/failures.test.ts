/** What an agent is told when something fails, and what it is not told. */

import { PassThrough, Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { admission } from '../../../clients/mcp/admission.ts';
import { serveAgents } from '../../../clients/mcp/serve-agents.ts';
import type { Mode } from '../../../clients/mcp/tool.ts';
import { ApiError, UnreachableError } from '../../../shared/operators/api/api-error.ts';
import { anAgent, anApi } from './given-agent.ts';

const me = (more: object = {}) => ({ id: 'op_1', name: 'zoe', role: 'flow_designer', allowedActions: [], ...more });

test('a failure is asked about again, and an answer is kept', async () => {
  const replies = [new UnreachableError("Can't reach it."), me()];
  const asked: unknown[] = [];
  const api = {
    call: async (key: string) => {
      asked.push(key);
      const reply = replies.shift();
      if (reply instanceof Error) throw reply;
      return reply;
    },
  };
  const admit = admission(api as never, { mayChange: false });
  await expect(admit()).rejects.toThrow("Can't reach it.");
  await admit();
  await admit();
  expect(asked).toEqual(['GET /v1/me', 'GET /v1/me']);
});

test('an admin whom nobody could ask about at the start is refused at each call', async () => {
  const { api } = anApi({ 'GET /v1/me': me({ role: 'connection_admin' }) });
  const { call } = await anAgent(api, ['read'], { admit: admission(api, { mayChange: false }) });
  const { isError, text } = await call('list_connections');
  expect([isError, text]).toEqual([true, expect.stringContaining('hooklatch operators create agent')]);
});

test('a problem is told in our words, and on stderr there is only its kind', async () => {
  const problem = { code: 'connection_not_found', detail: 'There is none.' };
  const { api } = anApi({ 'GET /v1/connections/{name}': new ApiError(404, problem, 'r1') });
  const { call, notes } = await anAgent(api, ['read'], { problemText: (error) => `Told: ${(error as Error).message}` });
  expect(await call('get_connection', { connection: 'orders' })).toMatchObject({
    isError: true,
    text: 'Told: There is none.',
    answer: undefined,
  });
  expect(notes).toEqual(['mcp read get_connection orders failed: ApiError']);
});

/** Runs a server with these lines on stdin. @returns what it wrote, and the lines beside the protocol */
async function served(
  api: ReturnType<typeof anApi>['api'],
  lines: object[],
  allow: readonly Exclude<Mode, 'read'>[] = [],
) {
  const stdin = new PassThrough();
  const wire = new PassThrough();
  const notes: string[] = [];
  const answers: string[] = [];
  wire.on('data', (chunk) => {
    answers.push(...String(chunk).split('\n').filter(Boolean));
    if (answers.length === lines.length) stdin.end();
  });
  for (const line of lines) stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...line })}\n`);
  await serveAgents({
    wires: { stdin, wire },
    allow,
    api,
    connections: undefined,
    noBodies: false,
    async *examine() {},
    problemText: (error) => `at place: ${(error as Error).message}`,
    note: (line) => notes.push(line),
    now: () => new Date(),
    uptime: () => 0,
    wait: async () => {},
  });
  return { answers: answers.map((each) => JSON.parse(each)), notes };
}

const clientInfo = { name: 'raw', version: '1' };
const opening = {
  ...{ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } },
};

test('a fault of ours is on stderr alone', async () => {
  const { api } = anApi({ 'GET /v1/me': me() });
  const call = { id: 2, method: 'tools/call', params: { name: 'list_providers', arguments: {} } };
  const { answers, notes } = await served(api, [opening, call]);
  expect(answers[1].result).toEqual({
    content: [{ type: 'text', text: 'The tool failed. The server has written why to its stderr.' }],
    isError: true,
  });
  expect(notes).toEqual(['mcp at place: no answer to GET /v1/providers', 'mcp read list_providers failed: Error']);
});

test.each([
  [[], 0],
  [['endpoint', 'replay', 'routes', 'send'], 6],
  [['endpoint'], 3],
  [['routes', 'send'], 2],
  [['hold'], 1],
] as const)('allowed %j, there are as many tools that change something: %i', async (allow, changing) => {
  const { api } = anApi({ 'GET /v1/me': me() });
  const { answers } = await served(api, [opening, { id: 2, method: 'tools/list' }], allow);
  const { tools } = answers[1].result as { tools: { annotations: { readOnlyHint: boolean } }[] };
  expect(tools.filter(({ annotations }) => !annotations.readOnlyHint)).toHaveLength(changing);
});

test('a client that is gone ends the server', async () => {
  const { api } = anApi({ 'GET /v1/me': me() });
  const stdin = Readable.from([]);
  const given = {
    api,
    allow: [],
    connections: undefined,
    noBodies: false,
    async *examine() {},
    problemText: String,
    note: () => {},
    now: () => new Date(),
    uptime: () => 0,
  };
  await expect(
    serveAgents({ ...given, wires: { stdin, wire: new PassThrough() }, wait: async () => {} }),
  ).resolves.toBeUndefined();
});

test('what is not seen does not reach the agent in a text of a failure', async () => {
  const { api } = anApi({ 'GET /v1/providers': new UnreachableError('a\u001b[31m\u200bb') });
  const { call } = await anAgent(api);
  expect((await call('list_providers')).text).toBe('ab');
});
