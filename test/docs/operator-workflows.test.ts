/** The pipelines of docs/workflows that run the command line with a token of the pipeline's issuer, and the settings that they need. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { oidcOf } from '../../infra/deploy-settings/oidc.ts';
import { parsedCommand } from '../clients/cli/given-commands.ts';
import { hooklatch } from '../clients/cli/given-terminal.ts';
import { withVariables } from '../e2e/given-variables.ts';
import { aJwt, aKey, anIssuer, type GivenIssuer, nowInSeconds } from '../shared/operators/operator/given-issuer.ts';
import { describeInFull } from '../support/full-counts.ts';
import { aRuntime, ok, type World } from '../support/given.ts';
import { hooklatchWords, readPage } from './given-pages.ts';
import { shellCommands } from './shell-commands.ts';

const workflowOf = (name: string) => parse(readFileSync(`docs/workflows/${name}`, 'utf8'));

/** The settings that the page names for a pipeline. */
function settingsFor(pipeline: string) {
  const row = readPage('docs/operators.md')
    .split('\n')
    .find((line) => line.trim().startsWith(`| ${pipeline} `));
  const [oidcIssuer, oidcAudience, oidcAdmins] = [...(row ?? '').matchAll(/`([^`]+)`/g)].map(([, value]) => value);
  return { oidcIssuer, oidcAudience, oidcAdmins };
}

const github = workflowOf('github-up.yml');
const gitlab = workflowOf('gitlab-up.yml');
const githubStep = github.jobs.up.steps.at(-1);
const gitlabScript: string = gitlab.up.script.join('\n');

test('the workflow of GitHub may read the code and ask for a token, and nothing else', () => {
  expect(github.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  expect(Object.keys(github.jobs)).toEqual(['up']);
  expect(Object.keys(github.jobs.up)).toEqual(['runs-on', 'environment', 'steps']);
  expect(github.jobs.up.environment).toBe('production');
  expect(github.on).toEqual({ push: { branches: ['main'], paths: ['connections/**'] }, workflow_dispatch: null });
});

test('the workflow of GitHub pins its actions, and runs no script of a package', () => {
  const { steps } = github.jobs.up as { steps: { uses?: string; run?: string }[] };
  const actions = steps.flatMap(({ uses }) => uses ?? []);
  expect(actions).toEqual([
    expect.stringMatching(/^actions\/checkout@[0-9a-f]{40}$/),
    expect.stringMatching(/^actions\/setup-node@[0-9a-f]{40}$/),
  ]);
  expect(steps.flatMap(({ run }) => run ?? [])[0]).toBe('npm ci --ignore-scripts');
  expect(gitlab.up.script[0]).toBe('npm ci --ignore-scripts');
});

test('no workflow has a stored token: the URL is a variable, and the token comes from the issuer', () => {
  const valuesIn = (name: string, form: RegExp) =>
    [...readFileSync(`docs/workflows/${name}`, 'utf8').matchAll(form)].map(([, value]) => value);
  expect(valuesIn('github-up.yml', /\$\{\{ (.*?) \}\}/g)).toEqual(['vars.HOOKLATCH_URL']);
  expect(valuesIn('gitlab-up.yml', /\$(\w+)/g)).toEqual(['CI_COMMIT_BRANCH', 'CI_DEFAULT_BRANCH']);
  expect(githubStep.env).toEqual({ HOOKLATCH_URL: `\${{ vars.HOOKLATCH_URL }}` });
  expect(githubStep.shell).toBe('bash');
  expect(gitlab.up.id_tokens).toEqual({ HOOKLATCH_TOKEN: { aud: settingsFor('GitLab').oidcAudience } });
  expect(githubStep.run).toContain(`&audience=${settingsFor('GitHub Actions').oidcAudience}"`);
});

test.each([
  ['GitHub', githubStep.run],
  ['GitLab', gitlabScript],
])('the pipeline of %s runs commands that the program takes, which ask nothing', async (_, script) => {
  const commands = shellCommands(script).flatMap((command) => [hooklatchWords(command) ?? []]);
  const read = await Promise.all(commands.filter(({ length }) => length > 0).map(parsedCommand));
  expect(read).toEqual([
    { path: 'up', args: ['orders'], options: { file: 'connections/orders.json', yes: true } },
    { path: 'up', args: ['code'], options: { provider: 'github', file: 'connections/code.json', yes: true } },
  ]);
});

/** What the issuers put into the token of a run on the main branch, without the times. */
const claims: Record<string, object> = {
  'GitHub Actions': {
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'hooklatch',
    sub: 'repo:acme/hooks:environment:production',
    repository: 'acme/hooks',
    repository_owner: 'acme',
    environment: 'production',
    ref: 'refs/heads/main',
    ref_type: 'branch',
    event_name: 'push',
  },
  GitLab: {
    iss: 'https://gitlab.com',
    aud: 'hooklatch',
    sub: 'project_path:acme/hooks:ref_type:branch:ref:main',
    project_path: 'acme/hooks',
    ref: 'main',
    ref_type: 'branch',
    ref_protected: 'true',
    pipeline_source: 'push',
    environment: 'production',
  },
};

/** Those of other runs, which anybody can start. */
const foreign: Record<string, object> = {
  'another environment of GitHub': { ...claims['GitHub Actions'], sub: 'repo:acme/hooks:environment:preview' },
  'a pull request of GitHub': { ...claims['GitHub Actions'], sub: 'repo:acme/hooks:pull_request' },
  'a fork of GitHub': { ...claims['GitHub Actions'], sub: 'repo:eve/hooks:environment:production' },
  'another audience': { ...claims['GitHub Actions'], aud: 'https://github.com/acme' },
  'another branch of GitLab': { ...claims['GitLab'], sub: 'project_path:acme/hooks:ref_type:branch:ref:eve' },
  'a tag of GitLab': { ...claims['GitLab'], sub: 'project_path:acme/hooks:ref_type:tag:ref:main' },
  'another project of GitLab': { ...claims['GitLab'], sub: 'project_path:eve/hooks:ref_type:branch:ref:main' },
};

let world: World;
let issuer: GivenIssuer;
let folder: string;

/** A token of the issuer on this machine, in the place of the public one. */
const tokenWith = (of: object): string =>
  aJwt(issuer.keys[0] ?? aKey('none'), { ...of, iss: issuer.issuer, exp: nowInSeconds() + 300 });

beforeAll(async () => {
  issuer = await anIssuer();
  const pipelines = Object.keys(claims).map(settingsFor);
  // One issuer stands for both.
  const local = { oidcIssuer: issuer.issuer, oidcAudience: 'hooklatch' };
  const oidc = oidcOf({ ...local, oidcAdmins: pipelines.map(({ oidcAdmins = '' }) => oidcAdmins) }, 'dev');
  world = await aRuntime({
    transformTemplate: withVariables({ 'authorize-operator': { OIDC: JSON.stringify(oidc) } }),
  });
  folder = mkdtempSync(join(tmpdir(), 'hooklatch-pipeline-'));
});
afterAll(async () => {
  await world.end();
  await issuer.end();
  rmSync(folder, { recursive: true });
});

const cli = (token: string, words: readonly string[], stdin = '') =>
  hooklatch(words, { env: { HOOKLATCH_URL: world.runtime.url, HOOKLATCH_TOKEN: token }, stdin });

describe.each(Object.keys(claims))('the settings for %s', (pipeline) => {
  test('are those of its issuer, and can be deployed', () => {
    const settings = settingsFor(pipeline);
    const [claim = '', value = ''] = String(settings.oidcAdmins).split(/=(.*)/);
    const { iss, aud, sub } = claims[pipeline] as Record<string, string>;
    expect([settings.oidcIssuer, settings.oidcAudience, claim, value]).toEqual([iss, aud, 'sub', sub]);
    expect(oidcOf(settings, 'prod')?.roles).toEqual([{ role: 'connection_admin', claim, value }]);
  });

  test('let its token bring a connection up, and again without a change', async () => {
    const token = tokenWith(claims[pipeline] ?? {});
    const name = pipeline === 'GitLab' ? 'from-gitlab' : 'from-github';
    const up = ['up', name, '--file', '-', '--yes'];
    expect(await cli(token, up, '{"retentionDays": 9}')).toMatchObject({ code: 0 });
    const { endpoint } = await ok(world, 'GET', `/v1/connections/${name}`);
    expect(endpoint).toMatchObject({ retentionDays: 9, url: expect.any(String) });
    const again = await cli(token, up, '{"retentionDays": 9}');
    expect([again.code, again.out.includes('hle_'), again.err.includes(token)]).toEqual([0, false, false]);
    expect(await ok(world, 'GET', `/v1/connections/${name}`)).toMatchObject({
      endpoint,
      updatedBy: `oidc:${(claims[pipeline] as { sub: string }).sub}`,
    });
  });
});

test.each(Object.entries(foreign))('a token of %s is refused', async (_, of) => {
  expect(await cli(tokenWith(of), ['whoami'])).toMatchObject({ code: 4, out: '' });
});

/** Runs a script as a runner does, in the folder of a repository that has the package. */
async function run(script: string, env: Record<string, string>) {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, HOOKLATCH_URL: world.runtime.url, ...env },
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, out, err };
}

describeInFull('the scripts of the pipelines, as a runner runs them', () => {
  beforeAll(() => {
    mkdirSync(join(folder, 'connections'));
    for (const name of ['orders', 'code']) writeFileSync(join(folder, 'connections', `${name}.json`), '{}');
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
    const program = join(folder, 'node_modules/.bin/hooklatch');
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${resolve('clients/cli/main.ts')}' "$@"\n`);
    chmodSync(program, 0o755);
    writeFileSync(join(folder, 'package.json'), '{"name": "hooks", "private": true}');
  });

  const expectUp = async () => {
    const { items } = (await ok(world, 'GET', '/v1/connections')) as { items: { name: string }[] };
    const wanted = items.filter(({ name }) => ['orders', 'code'].includes(name));
    expect(wanted).toMatchObject([
      { name: 'code', provider: 'github', status: 'active' },
      { name: 'orders', provider: 'generic', status: 'active' },
    ]);
  };

  test("GitHub's asks the runner for the token, hides it in the log, and brings the connections up", async () => {
    const asked: (string | undefined)[] = [];
    const token = tokenWith(claims['GitHub Actions'] ?? {});
    const runner = createServer(({ url, headers }, response) => {
      asked.push(url, headers.authorization);
      response.end(JSON.stringify({ count: 1, value: token }));
    });
    await new Promise<void>((listening) => runner.listen(0, '127.0.0.1', listening));
    const { port } = runner.address() as AddressInfo;
    const env = { ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0` };
    const ran = await run(githubStep.run, { ...env, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-runner' });
    runner.close();
    expect(ran).toMatchObject({ code: 0 });
    expect(asked).toEqual(['/token?api-version=2.0&audience=hooklatch', 'bearer of-the-runner']);
    const [mask, ...printed] = ran.out.split('\n');
    expect(mask).toBe(`::add-mask::${token}`);
    expect([printed.join('\n').includes(token), ran.err.includes(token)]).toEqual([false, false]);
    await expectUp();
  });

  test("GitHub's stops if the runner gives no token", async () => {
    const env = { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9/?a', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'none' };
    const { code, out } = await run(githubStep.run, env);
    expect([code === 0, out]).toEqual([false, '']);
  });

  test("GitLab's brings the connections up with the token in its variable", async () => {
    const token = tokenWith(claims['GitLab'] ?? {});
    const commands = gitlabScript.split('\n').filter((line) => !line.startsWith('npm ci'));
    const ran = await run(commands.join('\n'), { HOOKLATCH_TOKEN: token });
    expect(ran).toMatchObject({ code: 0 });
    expect([ran.out.includes(token), ran.err.includes(token)]).toEqual([false, false]);
    await expectUp();
  });
});
