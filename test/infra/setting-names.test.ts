import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { checkSettingNames, settingNames } from '../../infra/setting-names.ts';

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
