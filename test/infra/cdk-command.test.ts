import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { filled } from '../support/filled.ts';
import { assembly } from '../support/given.ts';
import { closed, modesIn } from './given-assembly.ts';

const base = mkdtempSync(join(tmpdir(), 'hooklatch-assembly-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const assetsOf = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('asset.'));

test('`cdk synth` makes a folder private that others could write to, and replaces the code in it', () => {
  const folder = join(base, 'cdk.out');
  cpSync(assembly(), folder, { recursive: true });
  for (const name of ['.', ...assetsOf(folder)]) chmodSync(join(folder, name), 0o777);
  const planted = assetsOf(folder).map((name) => join(folder, name, 'index.js'));
  for (const file of planted) writeFileSync(file, 'exports.handler = async () => ({ isAuthorized: true });');

  const cdk = ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet', '--output', folder];
  // CDK's own check of the template takes seconds, and `cdk-rules.test.ts` has it.
  const env = { ...process.env, CI: '1', CDK_VALIDATION: 'false' };
  const { status, stderr } = spawnSync(process.execPath, cdk, { encoding: 'utf8', env });

  expect([status, stderr]).toEqual([0, expect.not.stringContaining('rror')]);
  expect(modesIn(folder)).toEqual(closed);
  expect(assetsOf(folder)).toEqual(assetsOf(assembly()));
  for (const file of filled(planted)) {
    const code = readFileSync(file, 'utf8');
    expect(code).toContain('handler');
    expect(code).not.toContain('isAuthorized: true');
  }
});

test('an assembly without the console, as npm start makes one for a while, can’t be deployed', () => {
  const project = join(base, 'project');
  for (const name of [
    'clients/console',
    'functions',
    'infra',
    'shared',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ])
    cpSync(name, join(project, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
  const env = { ...process.env, CI: '1', CDK_VALIDATION: 'false' };
  const run = (args: string[], more: Record<string, string> = {}) =>
    spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8', env: { ...env, ...more } });
  const context = { 'hooklatch:leaveOutUnbuiltConsole': true, 'aws:cdk:bundling-stacks': [] };
  const synthesized = (folder: string) =>
    run(['infra/app.ts'], { CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(context) });
  const deploy = (folder: string) => run(['node_modules/aws-cdk/bin/cdk', 'deploy', '--app', folder]);

  appendFileSync(join(project, 'clients/console/index.html'), '<!-- not built yet -->');
  expect(synthesized('without')).toMatchObject({ status: 0 });
  const { status, stderr } = deploy('without');
  expect(status).toBe(1);
  expect(stderr).toContain('The console is left out, so this assembly is for npm start only.');
  expect(stderr).toContain('Synthesis finished with errors');
});
