/** A folder with a file for `plan` and `apply`, and a deployment in memory. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { aDeploymentInMemory } from '../../shared/operators/manifest/given-deployment.ts';
import { hooklatch, type TerminalOptions } from './given-terminal.ts';

/** What is removed after the test. */
export const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

export function anEmptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-plan-'));
  folders.push(folder);
  return folder;
}

export const github = 'a-secret-of-github-1';
export const secretUrl = 'https://erp.example.com/in/a-secret-path';

/** A deployment, and a folder with the file `hooklatch.yaml`. */
export function aFolder(text: string) {
  const folder = anEmptyFolder();
  const path = join(folder, 'hooklatch.yaml');
  const write = (content: string) => writeFileSync(path, content);
  write(text);
  const world = aDeploymentInMemory();
  const variables: Record<string, string> = { GITHUB_SECRET: github, ERP_URL: secretUrl };
  const interrupt = new AbortController();
  /** Runs a command that takes the file, with what is typed at the terminal. */
  const runAsTyped = async (options: TerminalOptions, command: string, ...more: string[]) => {
    const env = { HOOKLATCH_URL: 'https://hooks.example.com', HOOKLATCH_TOKEN: 'a-token', ...variables };
    const surroundings = { env, fetch: world.fetch, interrupt: interrupt.signal, ...options };
    const { code, out, err } = await hooklatch([command, '--file', path, ...more], surroundings);
    // No secret is ever printed.
    const shown = [github, secretUrl, 'a-secret-path'].filter((secret) => `${out}${err}`.includes(secret));
    if (shown.length > 0) throw new Error(`${command} shows ${shown.join()}`);
    return { code, out: out.replaceAll(path, 'hooklatch.yaml'), err: err.replaceAll(path, 'hooklatch.yaml') };
  };
  /** Runs it as a pipeline does, which has looked at the plan before. */
  const run = (command: string, ...more: string[]) =>
    runAsTyped({}, command, ...(command === 'apply' ? ['--yes'] : []), ...more);
  const named = (name: string) => ({ params: { name } });
  const ask = async (key: string, name: string, body: object = {}) =>
    (await world.ask(key, { ...named(name), ...(key.startsWith('GET') ? {} : { body }) })).body;
  return { ...world, folder, write, run, runAsTyped, ask, variables, interrupt };
}

/** The methods of these requests. */
export const methodsOf = (asked: readonly { key: string }[]): string[] => [
  ...new Set(asked.map(({ key }) => key.split(' ')[0] ?? '')),
];
