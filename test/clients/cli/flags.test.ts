/** Every flag that no request has, at every command that has it: what it changes, and that nothing else does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { aConnection, aDeployment, answered, aRedelivery, aReplay, env } from './given-api.ts';
import { everyCommand, optionsOf } from './given-commands.ts';
import { hooklatch, type TerminalOptions } from './given-terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'hooklatch-flags-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Settings that end a live secret at once. */
const settings = join(folder, 'settings.json');
writeFileSync(settings, JSON.stringify({ values: { graceSeconds: 0 } }));

/** Each command that asks, with arguments with which it does. */
const asking: Readonly<Record<string, string[]>> = {
  up: ['orders', '--file', settings],
  down: ['orders'],
  'connections delete': ['orders'],
  'endpoint configure': ['orders', '--file', settings],
  'endpoint update': ['orders', '--file', settings],
  'endpoint deconfigure': ['orders'],
  'token rotate': ['orders', '--grace-seconds', '0'],
  'token end-grace': ['orders'],
  'token remove': ['orders'],
  'handshake confirm': ['orders', '--force'],
  'handshake close': ['orders'],
  'destinations rotate': ['shop', '--force'],
  'destinations delete': ['shop'],
  'operators revoke': ['ada'],
  send: ['orders', '--real'],
};

/** The commands that take `--yes` and ask nothing, for a script that gives it to each command. */
const neverAsking = ['activate', 'deactivate', 'hold', 'release'].map((verb) => `endpoint ${verb}`);

/** `recovery/operators-reset.test.ts` has the first one, because it asks no API, and `apply-asks.test.ts` the other, which asks by what it plans. */
const askingElsewhere = ['operators reset', 'apply'];

test.each(neverAsking)('%s does the same with --yes', async (words) => {
  const { asked, fetch } = aDeployment(() => answered(aConnection()));
  const results = [];
  for (const flags of [[], ['--yes']])
    results.push((await hooklatch([...words.split(' '), 'orders', ...flags], { env, fetch })).code);
  expect([results, asked.map(({ method }) => method)]).toEqual([
    [0, 0],
    ['GET', 'POST', 'GET', 'POST'],
  ]);
});

/** The commands that wait for a job: the requests before the first look at it, and the looks of one that does not wait. */
const waiting = {
  'replays start': { args: ['orders', '--from', '2026-03-01'], before: 1, looks: 0 },
  'replays show': { args: ['orders', 'run_1'], before: 0, looks: 1 },
  'redeliveries start': { args: ['shop', '--from', '2026-03-01'], before: 1, looks: 0 },
  'redeliveries show': { args: ['shop', 'rdl_1'], before: 0, looks: 1 },
} as const;

test.each([
  ['--yes', [...Object.keys(asking), ...neverAsking, ...askingElsewhere]],
  ['--wait', Object.keys(waiting)],
  ['--no-wait', ['replays start', 'redeliveries start']],
  // `streams.test.ts` has these.
  ['--show-token', ['token generate', 'token rotate', 'up']],
  ['--body', ['events show']],
])('each command with %s is tried', (flag, tried) => {
  const having = everyCommand().filter((leaf) => optionsOf(leaf).includes(flag));
  expect(having.map(({ path }) => path.join(' ')).sort()).toEqual([...tried].sort());
});

const managedBy = { stackId: 'arn:stack', logicalId: 'Orders' };

/** Runs a command that asks. The connection is managed by a stack. */
async function run(words: string, flags: string[], options: TerminalOptions = {}) {
  const { asked, fetch } = aDeployment(({ path }) => {
    if (path.endsWith('/endpoint/test')) return answered({ eventId: null, passed: true, steps: [] });
    const made = { token: 'x', deliveryUrls: [], connection: aConnection({ managedBy }) };
    return answered(path.includes('/token') ? { ...aConnection({ managedBy }), ...made } : aConnection({ managedBy }));
  });
  const { code, err } = await hooklatch([...words.split(' '), ...(asking[words] ?? []), ...flags], {
    env,
    fetch,
    ...options,
  });
  return { code, err, changes: asked.filter(({ method }) => method !== 'GET').length };
}

describe.each(Object.keys(asking))('%s', (words) => {
  test.each([
    ['at a keyboard', { typed: [] }],
    ['without one', {}],
  ])('does not ask with --yes, %s', async (_, options) => {
    const { code, err, changes } = await run(words, ['--yes'], options);
    expect([code, changes > 0, err.includes('(yes/no)'), err.includes('add --yes')]).toEqual([0, true, false, false]);
  });

  test('changes nothing if nobody can answer', async () => {
    const { code, err, changes } = await run(words, []);
    expect([code, changes, err.includes('add --yes')]).toEqual([2, 0, true]);
  });

  test.each([
    ['yes', 0, true],
    ['no', 1, false],
  ])('does what the answer %s says', async (answer, code, isChanged) => {
    const ran = await run(words, [], { typed: [`${answer}\n`] });
    expect([ran.code, ran.changes > 0, ran.err.includes('(yes/no)')]).toEqual([code, isChanged, true]);
  });
});

// Who answers has to know it.
// A webhook changes nothing of what a stack manages.
const ofConnections = Object.keys(asking).filter((words) => !/^(operators |destinations |send$)/.test(words));
test.each(ofConnections)('%s says that a stack manages the connection, once and before it asks', async (words) => {
  const keyboard = await run(words, [], { typed: ['yes\n'] });
  const [warning, question] = ['Warning: the stack', '(yes/no)'].map((text) => keyboard.err.indexOf(text));
  expect(warning).toBeGreaterThanOrEqual(0);
  expect(question).toBeGreaterThan(Number(warning));
  expect(keyboard.err.split('Warning:')).toHaveLength(2);
  expect((await run(words, [])).err).toMatch(/^Warning: the stack/);
});

describe.each([true, false])('stdout is a terminal: %s', (stdout) => {
  test.each([
    ['replays start', [], stdout],
    ['replays start', ['--json'], false],
    ['replays start', ['--wait'], true],
    ['replays start', ['--wait', '--json'], true],
    ['replays start', ['--no-wait'], false],
    ['replays show', [], false],
    ['replays show', ['--wait'], true],
    ['redeliveries start', [], stdout],
    ['redeliveries start', ['--json'], false],
    ['redeliveries start', ['--wait'], true],
    ['redeliveries start', ['--wait', '--json'], true],
    ['redeliveries start', ['--no-wait'], false],
    ['redeliveries show', [], false],
    ['redeliveries show', ['--wait'], true],
  ] as const)('%s %j waits: %s', async (words, flags, isWaiting) => {
    const { args, before, looks } = waiting[words];
    const { asked, fetch } = aDeployment(({ method, path }) => {
      if (method === 'POST') return answered({ id: 'run_1' }, 202);
      const aJob = path.includes('/redeliveries/') ? aRedelivery : aReplay;
      const { endedAt, ...going } = aJob({ state: 'running' });
      return answered(asked.length > before + 1 ? aJob({ endedAt }) : going);
    });
    const { code } = await hooklatch([...words.split(' '), ...args, ...flags], { env, fetch, ttys: { stdout } });
    expect([code, asked.length]).toEqual([0, before + (isWaiting ? 2 : looks)]);
  });
});
