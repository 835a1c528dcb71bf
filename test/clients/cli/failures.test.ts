/** With `--json`, whatever fails is one JSON document on stdout, which a program can read without knowing why. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type Asked, aConnection, aDeployment, answered, env } from './given-api.ts';
import { everyCommand, withoutApi } from './given-commands.ts';
import { hooklatch, type TerminalOptions } from './given-terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'hooklatch-failures-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with this text. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const settings = file('settings.json', '{\n  "retentionDays": 9,\n  "raw": yes\n}\n');
const manifest = file('hooks.yaml', 'version: 1\nname: shop\nconnections:\n  orders:\n    provder: github\n');

const answers =
  (status: number, body: object, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify(body), { status, headers });
const unreachable = () => {
  throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
};
const unasked = (): Response => {
  throw new Error('Nothing is to be asked.');
};

interface Row {
  args: string[];
  options?: TerminalOptions;
  reply?: (asked: Asked) => Response;
  exit: number;
  document: object;
}

const usage = (message: string) => ({ code: 'usage', message });
const noRecord = answers(404, { code: 'connection_not_found', detail: 'No such.' }, { 'apigw-requestid': 'r-1' });

const rows: Record<string, Row> = {
  'an unknown command': {
    args: ['frobnicate'],
    exit: 2,
    document: usage("unknown command 'frobnicate'"),
  },
  'an unknown option before --json': {
    args: ['connections', 'list', '--limt', '5'],
    exit: 2,
    document: usage("unknown option '--limt'\n(Did you mean --limit?)"),
  },
  'an option without its value': {
    args: ['connections', 'list', '--limit'],
    exit: 2,
    document: usage("option '--limit <n>' argument missing"),
  },
  'a missing argument': { args: ['connections', 'show'], exit: 2, document: usage("missing required argument 'name'") },
  'a group without a command': {
    args: ['endpoint'],
    exit: 2,
    document: usage('Name a command. --help shows them.'),
  },
  'a command that there is elsewhere': {
    args: ['endpoint', 'show', 'orders'],
    exit: 2,
    document: usage("unknown command 'show'\n(To see it: hooklatch connections show orders)"),
  },
  'no login': {
    args: ['whoami'],
    options: { env: {} },
    exit: 2,
    document: usage('You are not logged in. Run: hooklatch login. Or set HOOKLATCH_URL and HOOKLATCH_TOKEN.'),
  },
  'a token that is refused': {
    args: ['whoami'],
    reply: answers(403, { message: 'Forbidden' }, { 'apigw-requestid': 'r-2' }),
    exit: 4,
    document: {
      code: 'forbidden',
      message:
        'The operator token is unknown, expired or revoked, or it is a bootstrap token that is closed. Log in with another one. The token is that of HOOKLATCH_TOKEN, which comes before a login.',
      requestId: 'r-2',
    },
  },
  'a connection that there is not': {
    args: ['connections', 'show', 'orders'],
    reply: noRecord,
    exit: 3,
    document: {
      code: 'connection_not_found',
      message: 'There is no connection of this name. hooklatch connections list shows them.',
      requestId: 'r-1',
    },
  },
  'a deployment that nobody reaches': {
    args: ['connections', 'list'],
    reply: unreachable,
    exit: 6,
    document: { code: 'unreachable', message: expect.stringContaining('https://hooks.example.com') },
  },
  'a file that is not there': {
    args: ['endpoint', 'configure', 'orders', '--file', join(folder, 'none.json')],
    exit: 2,
    document: { code: 'usage', message: expect.stringContaining("can't be read (ENOENT)") },
  },
  'a file that is no JSON': {
    args: ['endpoint', 'configure', 'orders', '--file', settings],
    exit: 2,
    document: { code: 'faulty_file', message: `${settings}:3:10: this is not valid JSON.`, line: 3 },
  },
  'stdin that is no JSON': {
    args: ['routes', 'set', 'orders', '--file', '-'],
    options: { stdin: '{"rules": [' },
    exit: 2,
    document: { code: 'faulty_file', message: 'stdin:1:12: this is not valid JSON.', line: 1 },
  },
  'a mistake in the file of plan': {
    args: ['plan', '-f', manifest],
    exit: 2,
    document: { code: 'faulty_file', message: expect.stringMatching(/hooks\.yaml:5:5: .*"provder"/), line: 5 },
  },
  'a pattern that is none': {
    args: ['events', 'search', 'orders', '--match', '{'],
    exit: 2,
    document: usage('--match must be an event pattern as JSON, such as {"type": ["invoice.paid"]}.'),
  },
  'nobody there to answer': {
    args: ['connections', 'delete', 'orders'],
    exit: 2,
    document: usage(
      "Delete the connection orders? Its events and its history can't be read after that. Without a terminal nobody can answer, so nothing was changed. To go on, add --yes.",
    ),
  },
  no: {
    args: ['connections', 'delete', 'orders'],
    options: { typed: ['no\n'] },
    exit: 1,
    document: { code: 'declined', message: 'Nothing was changed.' },
  },
  'Ctrl-C at a question': {
    args: ['login', '--url', 'https://hooks.example.com'],
    options: { typed: ['\u0003'] },
    exit: 130,
    document: { code: 'interrupted', message: 'Interrupted.' },
  },
  'no endpoint to update': {
    args: ['endpoint', 'update', 'orders', '--retention-days', '9'],
    reply: () => answered(aConnection({ endpoint: null })),
    exit: 5,
    document: { code: 'conflict', message: 'There is no endpoint. First: hooklatch endpoint configure orders' },
  },
  'an answer that breaks the command: no stack': {
    args: ['connections', 'list'],
    reply: () => answered({}),
    exit: 1,
    document: { code: 'failed', message: expect.stringMatching(/^[^\n]+$/) },
  },
};

test.each(Object.entries(rows))('%s', async (_, { args, options, reply = unasked, exit, document }) => {
  const { fetch } = aDeployment(reply);
  const ran = await hooklatch([...args, '--json'], { env, fetch, ...options });
  expect([ran.json(), ran.code]).toEqual([document, exit]);
  // People read the same beside it; without --json nobody reads a document.
  const plain = await hooklatch(args, { env, fetch, ...options });
  expect([plain.out, plain.code]).toEqual(['', exit]);
});

test('--json may come first', async () => {
  const { json } = await hooklatch(['--json', 'connections', 'lst']);
  expect(json()).toEqual({ code: 'usage', message: "unknown command 'lst'\n(Did you mean list?)" });
});

test('help and the version are no failures', async () => {
  for (const args of [['--help'], ['--version'], ['endpoint', '--help']])
    expect(await hooklatch([...args, '--json'])).toMatchObject({ code: 0, out: expect.not.stringMatching(/^\{/) });
});

test('a secret in the wrong place is in no document', async () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  for (const args of [[secret], ['endpoint', secret], ['whoami', `--toke=${secret}`]]) {
    const { out, err, code } = await hooklatch([...args, '--json']);
    expect([code, `${out}${err}`.includes(secret)]).toEqual([2, false]);
  }
});

test('a command that goes on ends with a line for its failure', async () => {
  const event = { id: 'evt_1', type: 'paid', receivedAt: '2026-03-01T12:00:00.000Z', size: 2 };
  let reads = 0;
  const { fetch } = aDeployment(({ path }) => {
    if (!path.endsWith('/events')) return answered(aConnection());
    reads += 1;
    if (reads > 1) return answered({ message: 'Forbidden' }, 403);
    return answered({ items: [event], nextCursor: null, upTo: event.receivedAt });
  });
  const ran = await hooklatch(['events', 'tail', 'orders', '--from', '2026-03-01', '--json'], { env, fetch });
  const lines = ran.out.trimEnd().split('\n');
  expect([ran.code, lines.map((line) => JSON.parse(line))]).toEqual([
    4,
    [expect.objectContaining({ id: 'evt_1' }), expect.objectContaining({ code: 'forbidden' })],
  ]);
});

/** They work without a deployment, or say what is wrong with it as their answer. `mcp` speaks its protocol on stdout. */
const without = [...withoutApi, 'logout', 'completion', 'doctor', 'mcp'];

describe('every command', () => {
  const commands = everyCommand().map(({ command, path }) => {
    const given = command.registeredArguments.map((argument) => (argument.name() === 'shell' ? 'bash' : 'orders'));
    return { path, words: path.join(' '), given };
  });
  const codesOf = async (args: string[], options: TerminalOptions) => {
    const { json, code } = await hooklatch([...args, '--json'], options);
    expect(json()).toEqual({ code: expect.stringMatching(/^[a-z_]+$/), message: expect.stringMatching(/\w/) });
    return code;
  };

  test.each(commands)('$words has one document if an option is unknown', async ({ path, given }) => {
    expect(await codesOf([...path, ...given, '--nope'], { env })).toBe(2);
  });

  const asking = commands.filter(({ words }) => !without.includes(words));
  test.each(asking)('$words has one document if nobody answers', async ({ path, given }) => {
    const { fetch } = aDeployment(unreachable);
    expect(await codesOf([...path, ...given], { env, fetch, stdin: '{}' })).not.toBe(0);
  });
});
