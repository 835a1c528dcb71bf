/** `npm run deploy`: which programs it runs, in which order, and when it stops. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DeployUsageError, deploy } from '../../../tools/ops/deploy-steps.ts';

const cdk = 'node_modules/aws-cdk/bin/cdk';

/** Runs it with programs that end as given. @returns each program with its arguments and variables */
function ran(args: string[], exitCodes: readonly number[] = []) {
  const calls: string[] = [];
  const exitCode = deploy(args, {
    run(script, given, env) {
      calls.push([...Object.entries(env).map((each) => each.join('=')), script, ...given].join(' '));
      return exitCodes[calls.length - 1] ?? 0;
    },
    stackIdsIn: () => ['hooklatch-prod', 'hooklatch-prod-edge-eu-central-1'],
  });
  return { exitCode, calls };
}

test('deploys exactly what was checked', () => {
  expect(ran(['-c', 'stage=prod', '--require-approval', 'never'])).toEqual({
    exitCode: 0,
    calls: [
      `${cdk} synth --quiet --output cdk.out -c stage=prod`,
      'clients/cli/main.ts deploy-check --app cdk.out',
      `${cdk} deploy --app cdk.out --require-approval never`,
    ],
  });
});

test.each([
  ['the synthesis', [3], 1, 3],
  ['the check', [0, 1], 2, 1],
  ['the deployment', [0, 0, 4], 3, 4],
])('ends with the exit code of %s if it fails, and goes no further', (_, codes, calls, exitCode) => {
  const result = ran(['-c', 'stage=prod'], codes);
  expect([result.calls.length, result.exitCode]).toEqual([calls, exitCode]);
});

test('gives each option to the step that needs it', () => {
  const args = [
    '--context=stage=prod',
    '-c',
    'a=b=c',
    '--allow-loss',
    'One',
    '--allow-loss=Two',
    '--profile',
    'me',
    '--all',
  ];
  expect(ran(args).calls).toEqual([
    `AWS_PROFILE=me ${cdk} synth --quiet --output cdk.out -c stage=prod -c a=b=c`,
    'AWS_PROFILE=me clients/cli/main.ts deploy-check --app cdk.out --allow-loss One --allow-loss Two',
    `AWS_PROFILE=me ${cdk} deploy --app cdk.out --all`,
  ]);
});

test('checks the stacks that are named, and all if a pattern or none is', () => {
  expect(ran(['hooklatch-prod', '--exclusively']).calls.slice(1)).toEqual([
    'clients/cli/main.ts deploy-check --app cdk.out --stack hooklatch-prod',
    `${cdk} deploy --app cdk.out hooklatch-prod --exclusively`,
  ]);
  expect(ran(['hooklatch-*']).calls[1]).toBe('clients/cli/main.ts deploy-check --app cdk.out');
});

test.each([
  [['--allow-loss'], '--allow-loss needs a value'],
  [['-c', ''], '-c needs a value'],
  [['--app', 'cdk.out'], "npm run deploy synthesizes the app itself, so it can't have --app; use cdk deploy"],
  [['-o=x'], "npm run deploy synthesizes the app itself, so it can't have -o; use cdk deploy"],
])('%j can’t be used', (args, message) => {
  expect(() => ran(args)).toThrow(new DeployUsageError(message));
});

test('is what npm run deploy runs', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).scripts.deploy).toBe('node tools/ops/deploy.ts');
});
