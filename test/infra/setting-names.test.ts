import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { orExit } from '../../infra/setting-error.ts';
import { checkSettingNames, settingNames } from '../../infra/setting-names.ts';
import { aSynthesis, removeSyntheses } from './given-template.ts';

afterAll(removeSyntheses);

test.each([
  ['publicURL', 'publicUrl'],
  ['public-url', 'publicUrl'],
  ['alarmemail', 'alarmEmail'],
  ['senderrate', 'senderRate'],
  ['Stage', 'stage'],
])('a mistyped setting %s is refused with the one that was meant', (typed, meant) => {
  expect(() => checkSettingNames(['stage', typed])).toThrow(`-c ${typed} is not a setting; did you mean ${meant}?`);
});

test('every setting passes, and what CDK and others name', () => {
  const others = ['cli-telemetry', '@aws-cdk/core:newStyleStackSynthesis', 'aws:cdk:bundling-stacks', 'tools'];
  expect(() => checkSettingNames([...settingNames, ...others])).not.toThrow();
});

test('the app reads every setting', () => {
  const app = readFileSync(new URL('../../infra/app.ts', import.meta.url), 'utf8');
  expect([...app.matchAll(/setting\('(\w+)'\)/g)].map(([, name]) => name).sort()).toEqual([...settingNames].sort());
});

test.each([
  [{ stage: 'staging' }, '-c stage=staging is no stage; use one of dev, prod'],
  [{ stage: 'a\r\nb' }, '-c stage=a b is no stage; use one of dev, prod'],
  [{ Stage: 'prod' }, '-c Stage is not a setting; did you mean stage?'],
  [
    { publicUrl: 'x' },
    '-c publicUrl=x can not be used; say it like https://hooks.example.com, without a slash at its end',
  ],
  [{ senderRate: '0' }, '-c senderRate=0 can not be used; say a whole number from 1 to 100000'],
  [{ alarmEmail: 'me' }, '-c alarmEmail=me can not be used; say one address, like you@example.com'],
  [{ exampleRules: 'logs' }, '-c exampleRules=logs is not known; use log, queue, or log,queue'],
])('the app ends with one line for a setting that can not be used: %j', async (context, line) => {
  const { exitCode, output } = await aSynthesis('dev', context as Record<string, string>);
  expect({ exitCode, output }).toEqual({ exitCode: 1, output: `${line}\n` });
});

test('a fault of the app itself keeps its stack', () => {
  const fault = new TypeError('a fault');
  const read = () => {
    throw fault;
  };
  expect(() => orExit(read)).toThrow(fault);
});
