/** The commands that the documentation shows: the program takes each of them, and what the guides for operators show works. */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { settingsChangeSchema } from '../../shared/endpoints/settings/settings.ts';
import { everyCommand, parsedCommand } from '../clients/cli/given-commands.ts';
import { hooklatch, type Ran } from '../clients/cli/given-terminal.ts';
import { testInFull } from '../support/full-counts.ts';
import { aName, aRuntime, aSharedRuntime, deliver, type World } from '../support/given.ts';
import { blocksOf, codeInText, commandsOf, hooklatchWords, pages, readPage } from './given-pages.ts';
import { type ShellCommand, shellCommands } from './shell-commands.ts';

/** The only page that sends an operator's requests with `curl`. */
const withCurl = 'docs/api-with-curl.md';
const others = pages.filter((page) => page !== withCurl);
const programOf = ({ words: [program = ''] }: ShellCommand) => program;

test('curl is in one page only, and elsewhere where a guide acts as the sender', () => {
  const inBlocks = others.flatMap(commandsOf).filter((command) => ['curl', 'hl'].includes(programOf(command)));
  expect(inBlocks.length).toBeGreaterThan(2);
  expect(inBlocks.filter(({ words }) => words[0] !== 'curl' || !words.includes('$DELIVERY_URL'))).toEqual([]);
  const inText = others.flatMap((page) => codeInText(page).map((code) => ({ page, code })));
  expect(inText.length).toBeGreaterThan(100);
  expect(inText.filter(({ code }) => /^(curl .|hl\b)/.test(code))).toEqual([]);
  expect(others.length).toBeGreaterThan(10);
  expect(others.filter((page) => readPage(page).includes('$API'))).toEqual([]);
});

test('that page explains its alias for curl before it uses it', () => {
  expect(commandsOf(withCurl).map(programOf).slice(0, 5)).toEqual(['export', 'export', 'hl', 'curl', 'hl']);
  expect(readPage(withCurl)).toContain('The last line makes `hl`, which is `curl` with the\noperator token');
});

/** Those that the program does not take, and why. */
async function notTaken(commands: readonly string[][], accepted: readonly string[] = []): Promise<object[]> {
  const read = [];
  for (const words of commands) read.push({ words, ...(await parsedCommand(words)) });
  return read.filter(({ error }) => error && !accepted.includes(error));
}

/** The words of the commands of the program, without the shell function of the README. */
const wordsIn = (commands: readonly ShellCommand[]): string[][] =>
  commands
    .flatMap((command) => [hooklatchWords(command) ?? []])
    .map((words) => words.map((word) => (word === '$FROM' ? '2026-03-01' : word)))
    .filter((words) => words.length > 0 && !words.includes('$@') && !words.includes('…'));

test('the program takes every command in the blocks of the pages', async () => {
  const commands = wordsIn(pages.flatMap(commandsOf));
  expect(commands.length).toBeGreaterThan(80);
  expect(await notTaken(commands)).toEqual([]);
});

test('the program takes every command in the sentences of the pages, which may leave out what it needs', async () => {
  const commands = wordsIn(pages.flatMap(codeInText).flatMap(shellCommands));
  expect(commands.length).toBeGreaterThan(50);
  const incomplete = ['missingArgument', 'missingMandatoryOptionValue', 'help'].map((code) => `commander.${code}`);
  expect(await notTaken(commands, incomplete)).toEqual([]);
});

test('the program takes every example of its help, with settings that exist', async () => {
  const examples = everyCommand().flatMap(({ command }) => {
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    return [...help.matchAll(/^ {2}\$ (.*)$/gm)].flatMap(([, line = '']) => shellCommands(line));
  });
  expect(wordsIn(examples).length).toBeGreaterThan(everyCommand().length);
  expect(await notTaken(wordsIn(examples))).toEqual([]);
  const settings = examples.flatMap(({ pipedFrom }) =>
    pipedFrom?.words[0] === 'echo' ? pipedFrom.words.slice(1) : [],
  );
  expect(settings.map((text) => settingsChangeSchema.safeParse(JSON.parse(text)).success)).toEqual([true]);
});

/** What a page expects to be there. */
interface Guide {
  page: string;
  /** Commands that ran before, in another page. */
  before?: string[];
  /** Commands that need a terminal of their own, or look at what other tests made. */
  without?: string[];
  /** Codes of refusals, where a page shows two ways of which one was gone already. */
  refused?: string[];
}

const guides: Guide[] = [
  { page: 'README.md', without: ['doctor'] },
  {
    page: 'docs/command-line.md',
    without: ['login', 'events tail', 'replays show', 'doctor', 'deploy-check', 'operators reset', 'redrive'],
  },
  { page: 'docs/setting-up-a-sender.md' },
  { page: 'docs/handshakes.md' },
  { page: 'docs/events.md', before: ['up orders'] },
  { page: 'docs/settings.md', before: ['up orders'] },
  { page: 'docs/signatures.md', before: ['up code --provider github'] },
  { page: 'docs/alerts.md', before: ['up orders'] },
  { page: 'docs/operate.md', before: ['up orders'], refused: ['rotation_in_progress'] },
  { page: 'docs/rejections.md', before: ['up orders'] },
];

/** What an operator types at each question. A secret of a sender has the form of one of Stripe's. */
const typedFor = (words: readonly string[]): string =>
  words.includes('--value-stdin') ? 'whsec_9b1Qm0cT4vYx7KpLr2Wd8Hs5Jn3Fg6Za\n' : 'yes\n';

describe('a guide, command by command', () => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    world = await aSharedRuntime({ streams: false });
    folder = mkdtempSync(join(tmpdir(), 'hooklatch-guides-'));
  });
  afterAll(async () => {
    await world.end();
    rmSync(folder, { recursive: true });
  });

  const cli = (words: readonly string[], { pipedFrom }: Partial<ShellCommand> = {}): Promise<Ran> => {
    const env = { HOOKLATCH_URL: world.runtime.url, HOOKLATCH_TOKEN: world.admin };
    const stdin = pipedFrom ? { stdin: pipedFrom.words.slice(1).join(' ') } : { typed: [typedFor(words)] };
    return hooklatch(words, { env, ...stdin, ttys: { stdin: !pipedFrom, stderr: !pipedFrom, stdout: false } });
  };

  test.each(guides)('$page works', async ({ page, before = [], without = [], refused = [] }) => {
    /** Names of the page → names that no other test uses. */
    const names = new Map<string, string>();
    const ids: Record<string, string> = { $FROM: '2026-03-01T12:00:00Z' };
    const failed: string[] = [];
    const run = async (words: readonly string[], command?: ShellCommand) => {
      const { path, args } = await parsedCommand(words);
      if (without.includes(path)) return;
      const name = path.startsWith('providers') ? '' : (args[0] ?? '');
      if (name !== '' && !names.has(name)) names.set(name, aName());
      if (words.includes('EVENT_ID')) ids['EVENT_ID'] ??= await anEvent(name);
      const known = (word: string) => names.get(word) ?? ids[word] ?? word;
      const asked = words.map((word, at) =>
        words[at - 1] === '--file' && word !== '-' ? join(folder, word) : known(word),
      );
      const { code, out, err } = await cli(asked, command);
      if (code !== 0) failed.push(/\((\w+), request/.exec(err)?.[1] ?? `${asked.join(' ')}: ${err}`);
      ids['REPLAY_ID'] = /run_[\w-]+/.exec(out)?.[0] ?? ids['REPLAY_ID'] ?? '';
    };
    /** Sends a webhook. @returns the id of its event */
    const anEvent = async (name: string): Promise<string> => {
      const token = await cli(['token', 'reveal', names.get(name) ?? '', '--json']);
      const { deliveryUrls } = token.json() as { deliveryUrls: { url: string; placement: { in: string } }[] };
      const url = deliveryUrls.find(({ placement }) => placement.in === 'query')?.url ?? '';
      const answer = await deliver(url, { headers: { 'content-type': 'application/json' }, body: '{"order": 1}' });
      return String(answer.json()['id']);
    };

    for (const line of before) await run(line.split(' '));
    for (const command of commandsOf(page)) {
      const words = hooklatchWords(command);
      if (programOf(command) === 'echo' && command.output)
        writeFileSync(join(folder, command.output), command.words.slice(1).join(' '));
      if (words && words.length > 0 && !words.includes('$@')) await run(words, command);
    }
    expect(names.size).toBeGreaterThan(0);
    expect(failed).toEqual(refused);
  });

  test('docs/rejections.md has the item of a secret with a space after it', async () => {
    const name = aName();
    await cli(['up', name, '--provider', 'github']);
    const { token, url } = (await cli(['token', 'reveal', name, '--json'])).json() as Record<string, string>;
    const signature = createHmac('sha256', `${token} `).update('{}').digest('hex');
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
    expect((await deliver(url ?? '', { headers, body: '{}' })).status).toBe(403);
    const { items } = (await cli(['rejections', name, '--json'])).json() as { items: object[] };
    const [text = ''] = blocksOf('docs/rejections.md', 'json');
    const item = JSON.parse(text.replaceAll('"count": 12', '"count": 1'));
    const [beginning = ''] = item.explanation.split('…');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ ...item, explanation: expect.stringContaining(beginning) });
  });
});

testInFull('docs/operators.md leads from the first token to one of your own, which closes the first', async () => {
  const world = await aRuntime();
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-operators-'));
  const [block = ''] = blocksOf('docs/operators.md', 'sh');
  let token = world.admin;
  const codes: number[] = [];
  for (const words of shellCommands(block).flatMap((command) => [hooklatchWords(command) ?? []])) {
    const ran = await hooklatch(words, { profileFolder: folder, typed: [`${world.runtime.url}\n`, `${token}\n`] });
    codes.push(ran.code);
    token = /^token +(\S+)$/m.exec(ran.out)?.[1] ?? token;
  }
  expect(new Set(codes)).toEqual(new Set([0]));
  expect((await hooklatch(['whoami'], { profileFolder: folder })).out).toMatch(/^name +ada$/m);
  expect((await world.api('GET', '/v1/me')).status).toBe(403);
  await world.end();
  rmSync(folder, { recursive: true });
});

testInFull('docs/api-with-curl.md has the procedure', async () => {
  const world = await aRuntime();
  const urlInQuery = `$(hl $API/connections/orders/endpoint/token | "$NODE" -p '
    JSON.parse(fs.readFileSync(0)).deliveryUrls.find(({ placement }) => placement.in === "query").url')`;
  const script = blocksOf(withCurl, 'sh')
    .join('')
    .replace("export DELIVERY_URL='…'", `export DELIVERY_URL="${urlInQuery}"`)
    .replace(/^export HOOKLATCH_URL=.*$/m, '');
  const env = {
    ...{ PATH: process.env['PATH'], NODE: process.execPath },
    ...{ HOOKLATCH_URL: world.runtime.url, HOOKLATCH_TOKEN: world.admin },
  };
  const child = spawn('bash', ['-euc', script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const answers = (await text(child.stdout)).trim().split('\n');
  expect(answers.map((answer) => JSON.parse(answer))).toMatchObject([
    { name: 'orders', status: 'unconfigured' },
    { status: 'configured' },
    { token: expect.stringMatching(/^hle_/) },
    { status: 'active' },
    { deliveryUrls: expect.anything() },
    { id: expect.stringMatching(/^evt_/) },
    { items: [{ type: 'webhook' }] },
    { status: 'inactive' },
    { status: 'active' },
    { status: 'inactive' },
    { status: 'unconfigured' },
  ]);
  await world.end();
});
