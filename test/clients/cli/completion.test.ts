/** The completion scripts are valid in each shell that is installed, and complete commands and options. */
import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { shells } from '../../../clients/cli/completion/completion-script.ts';
import { commandLine } from '../../../clients/cli/program.ts';
import { processTerminal } from '../../../clients/cli/terminal.ts';
import { hooklatch } from './given-terminal.ts';

const script = async (shell: string): Promise<string> => (await hooklatch(['completion', shell])).out;

const installed = shells.filter((shell) => spawnSync(shell, ['-c', 'true']).status === 0);

test('bash is installed wherever the tests run', () => {
  expect(installed).toContain('bash');
});

test.each(installed)('%s reads its script', async (shell) => {
  const { status, stderr } = spawnSync(shell, ['-n'], { input: await script(shell) });
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
});

/** What bash offers after these words. */
function offered(completion: string, words: readonly string[]): string[] {
  const program = `${completion}
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hooklatch; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', program, 'bash', ...words])
    .toString()
    .trimEnd()
    .split('\n');
}

test.each([
  [['ev'], ['events']],
  [
    ['events', ''],
    ['list', 'search', 'tail', 'wait', 'show', 'timeline', 'replay', '--json', '--profile', '--help'],
  ],
  [['events', 'list', 'orders', '--ord'], ['--order']],
  [
    ['events', 'list', 'orders', '--order', ''],
    ['asc', 'desc'],
  ],
  [['--profile', 'events', 'wh'], ['whoami']],
  [['operators', 'create', 'ada', '--role', 'conn'], ['connection_admin']],
  [['completion', 'f'], ['fish']],
  [['connections', 'create', 'x', '--provider', ''], ['']],
])('after hooklatch %j, bash offers %j', async (words, expected) => {
  expect(offered(await script('bash'), ['hooklatch', ...words])).toEqual(expected);
});

test.each(shells)('the script for %s has every command', async (shell) => {
  const completion = await script(shell);
  const names = commandLine(processTerminal()).commands.map((command) => command.name());
  expect(names).toEqual(expect.arrayContaining(['listen', 'events']));
  expect(names.filter((name) => !completion.includes(name))).toEqual([]);
});

test('another shell is a mistake', async () => {
  expect((await hooklatch(['completion', 'tcsh'])).code).toBe(2);
});
