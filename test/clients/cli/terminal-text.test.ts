/**
 * Whatever the API, a sender or the operator says, no command writes a control character to the terminal: as text or as JSON, at a
 * terminal or not. Every command is tried with answers whose every text is hostile.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { everyCommand, type Leaf, optionsOf, withoutApi } from './given-commands.ts';
import { hooklatch, type TerminalOptions } from './given-terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'hooklatch-hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Clears the screen, colours, ends a line, and turns the direction of writing, in old and new ways. */
const hostile = 'x\u001b[2J\u009b31m\u0085\u202ey\u2066\u200f\u2028\u007f\r\nz';

const token = { id: hostile, createdAt: hostile, lastUsedAt: hostile, expiresAt: hostile };
const endpoint = {
  id: hostile,
  held: true,
  heldSince: hostile,
  heldCount: 3,
  url: hostile,
  secretFrom: 'operator',
  auth: { kind: 'token' },
  tokens: [token],
  handshake: { verifyToken: hostile, openUntil: hostile, delivered: true },
};
const connection = {
  ...{
    name: hostile,
    provider: hostile,
    description: hostile,
    version: 1,
    status: 'inactive',
    note: hostile,
    endpoint,
  },
  createdAt: hostile,
  updatedAt: hostile,
  updatedBy: hostile,
  managedBy: { stackId: hostile, logicalId: hostile },
};
const item = {
  ...connection,
  ...{
    id: hostile,
    type: hostile,
    size: 2,
    deliveryId: hostile,
    receivedAt: '2026-03-01T12:00:00.000Z',
    publication: hostile,
  },
  ...{
    sourceIp: hostile,
    verifiedBy: hostile,
    headers: { [hostile]: hostile, 'x-token': 'REDACTED' },
    query: '',
    path: '',
  },
  method: 'POST',
  body: hostile,
  replays: 1,
  replay: 1,
  kind: hostile,
  state: 'done',
  from: hostile,
  to: hostile,
  count: 1,
  done: 1,
  failed: 0,
  skipped: 1,
  rate: 1,
  skippedBecause: { [hostile]: 1 },
  startedAt: hostile,
  endedAt: hostile,
  etaSeconds: null,
  ...{
    minute: hostile,
    atLeast: true,
    reason: hostile,
    explanation: hostile,
    sample: { sourceIp: hostile, advice: hostile },
  },
  ...{
    at: hostile,
    by: hostile,
    verb: hostile,
    step: hostile,
    operator: { id: hostile, name: hostile, role: hostile },
  },
  ...{ accepted: 1, duplicates: 1, conflicts: 1, refused: { [hostile]: 1 }, published: 1, givenUp: 1 },
  role: 'connection_admin',
  expiresAt: hostile,
  lastUsedAt: hostile,
  secret: hostile,
  docs: hostile,
  contentType: hostile,
  url: hostile,
  secretFrom: hostile,
};
const answer = {
  ...item,
  items: [item],
  nextCursor: null,
  bootstrap: 'open',
  passed: true,
  steps: [{ step: hostile, outcome: 'passed', detail: hostile }],
  complete: false,
  first: hostile,
  last: hostile,
  token: hostile,
  signingSecret: hostile,
  previous: { token: hostile, expiresAt: hostile },
  connection,
  sample: [item],
  mode: 'first',
  rules: [
    {
      id: hostile,
      to: hostile,
      when: { [hostile]: [hostile] },
      transform: hostile,
      verdict: 'no_match',
      mismatch: hostile,
    },
    { id: hostile, to: hostile, verdict: 'match', unsent: { reason: 'error', message: hostile } },
    { id: hostile, to: hostile, verdict: 'match', sent: { bytes: 1, headers: { 'content-type': hostile } } },
  ],
  via: 'mcp',
  bodyWithheld: hostile,
  deliveryUrls: [{ placement: { in: 'header' }, url: hostile, header: { name: hostile, value: hostile } }],
};

/** A file of `plan` and `apply`. */
const file = join(folder, 'hooklatch.json');
writeFileSync(file, '{"name": "shop", "connections": {"orders": {"adopt": true, "token": "generate"}}}');

/** What a command is tried with, besides its name. The rest of its arguments are names. */
const needed: Readonly<Record<string, readonly string[]>> = {
  'connections edit': ['--description', hostile],
  'endpoint update': ['--file', '-', '--yes'],
  'destinations create': ['--url', hostile],
  'destinations edit': ['--description', hostile],
  'routes set': ['--file', '-'],
  'routes test': ['--event', hostile],
  mcp: ['--allow-write'],
  plan: ['--file', file],
  apply: ['--file', file],
  export: ['--as', 'shop'],
  'operators create': ['--role', 'flow_designer'],
  'replays start': ['--from', '2026-03-01'],
  'redeliveries start': ['--from', '2026-03-01'],
  'events search': ['--contains', hostile],
  'events tail': ['--from', '2026-03-01'],
  'events wait': ['--since', '2026-03-01', '--match', '{"method": ["PUT"]}', '--timeout', '1s'],
  listen: ['--forward', 'http://127.0.0.1:1/', '--from', '2026-03-01'],
  login: ['--url', 'http://127.0.0.1:1', '--token-stdin', '--profile', 'hostile'],
  logout: ['--profile', 'hostile'],
};

// The shell is one of three words. Those without the API have tests of their own.
const commands = everyCommand()
  .map((leaf): [string, Leaf] => [leaf.path.join(' '), leaf])
  .filter(([words]) => !['completion', ...withoutApi].includes(words));

/** The command as it is typed. Every argument is hostile, and nothing asks. */
function argsOf(words: string, leaf: Leaf): string[] {
  const names = leaf.command.registeredArguments.map(() => hostile);
  const flags = optionsOf(leaf).filter((option) => option === '--yes' || option === '--show-token');
  const limit = optionsOf(leaf).includes('--limit') ? ['--limit', '1'] : [];
  return [...leaf.path, ...names, ...(needed[words] ?? []), ...flags, ...limit];
}

type Answer = (url: string) => Response | Promise<never>;

function run(args: readonly string[], reply: Answer, more: TerminalOptions = {}) {
  const interrupt = new AbortController();
  return hooklatch(args, {
    env: { HOOKLATCH_URL: 'http://127.0.0.1:1', HOOKLATCH_TOKEN: 'a-token' },
    fetch: (async (url) => reply(String(url))) as typeof fetch,
    profileFolder: join(folder, 'profiles'),
    stateFolder: folder,
    stdin: '{}',
    interrupt: interrupt.signal,
    wait: async () => interrupt.abort(),
    ...more,
  });
}

/** Commands that ask nobody, that Ctrl-C ends, or that wait until there is a deployment. */
const endsWell = new Set(['logout', 'listen', 'events tail', 'mcp']);
/** What is waited for does not come: what came instead is told. */
const timesOut = new Set(['events wait']);

/** What no output may have: a control character other than a line break, or one that turns the direction of writing. */
const controls = /(?!\n)[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u;
/** How `progress` goes back to the beginning of its line. */
const ownMove = '\r\u001b[2K';

/** A list has a next page for a command that shows one item, and none for one that reads all pages. */
const pageFor = (url: string) => (url.includes('limit=1&') || url.endsWith('limit=1') ? { nextCursor: hostile } : {});
const json =
  (status: number, body: object): Answer =>
  (url) =>
    new Response(JSON.stringify({ ...body, ...('items' in body && pageFor(url)) }), { status });
const replies: [string, Answer, number[]][] = [
  ['an answer', json(200, answer), [0, 1, 5]],
  ['a problem', json(422, { code: hostile, detail: hostile, requestId: hostile }), [1, 2]],
  ['something else', () => new Response(hostile, { status: 502 }), [1, 6]],
  ['nobody', () => Promise.reject(Object.assign(new TypeError(hostile), { cause: { code: hostile } })), [1, 6]],
];

describe.each(replies)('%s', (_, reply, codes) => {
  test.each(commands)('writes nothing else to the terminal: %s', async (words, leaf) => {
    const args = argsOf(words, leaf);
    for (const more of [{}, { ttys: { stdout: true, stderr: true } }]) {
      for (const flags of [[], ['--json']]) {
        const { out, err, code } = await run([...args, ...flags], reply, more);
        expect([words, out.match(controls), err.replaceAll(ownMove, '').match(controls)]).toEqual([words, null, null]);
        const also = [...(endsWell.has(words) ? [0] : []), ...(timesOut.has(words) ? [8] : [])];
        expect([...codes, ...also]).toContain(code);
      }
    }
  });
});

test('a document keeps each text as it is', async () => {
  const { json: document } = await run(['connections', 'show', 'orders', '--json'], json(200, connection));
  expect(document()).toEqual(connection);
});

test.each([
  ['an unknown command', [hostile]],
  ['an unknown option', ['whoami', `--${hostile}`]],
  ['a value that is none', ['connections', 'list', '--limit', hostile]],
  ['a profile', ['whoami', '--profile', hostile]],
  ['a file', ['endpoint', 'update', 'orders', '--file', hostile]],
  ['a port', ['local', '--port', hostile]],
  ['a folder', ['local', '--app', hostile]],
  ['an app', ['deploy-check', '--app', hostile]],
  ['a data folder', ['operators', 'reset', '--local', '--data', hostile]],
])('%s that the operator typed can’t either', async (_, args) => {
  const { code, out, err } = await run(args, json(200, answer));
  expect([code, out, err.match(controls)]).toEqual([2, '', null]);
  expect(err).not.toBe('');
});

test('a question can’t either', async () => {
  const asked = await run(['operators', 'revoke', hostile], json(200, answer), { typed: ['yes\n'] });
  expect([asked.code, stripVTControlCharacters(asked.err).replaceAll('\r', '').match(controls)]).toEqual([0, null]);
});
