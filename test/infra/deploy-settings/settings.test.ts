import { expect, test } from '@jest/globals';
import { checkSettingNames, settingNames } from '../../../infra/deploy-settings/setting-names.ts';
import { readDeploymentSettings } from '../../../infra/deploy-settings/settings.ts';

test.each([
  ['publicURL', 'publicUrl'],
  ['public-url', 'publicUrl'],
  ['alarmemail', 'alarmEmail'],
  ['senderrate', 'senderRate'],
  ['Stage', 'stage'],
])('the mistyped setting %s is refused with the suggestion %s', (typed, meant) => {
  expect(() => readDeploymentSettings({ stage: 'dev', [typed]: 'x' })).toThrow(
    `-c ${typed} is not a setting; did you mean ${meant}?`,
  );
});

test('every setting is accepted, and so are names of CDK and of other tools', () => {
  const others = ['cli-telemetry', '@aws-cdk/core:newStyleStackSynthesis', 'aws:cdk:bundling-stacks', 'tools'];
  expect(() => checkSettingNames([...settingNames, ...others])).not.toThrow();
});

test.each(settingNames)('the setting %s is read, and an empty value is refused', (name) => {
  expect(() => readDeploymentSettings({ [name]: '' }, import.meta.dirname)).toThrow(`-c ${name}= can't be used; `);
});

test('without settings, a deployment has the stage dev, its own URL and alarms that notify nobody', () => {
  expect(readDeploymentSettings({})).toEqual({
    stage: 'dev',
    env: {},
    bootstrapQualifier: undefined,
    boundaryPolicy: undefined,
    publicUrl: undefined,
    eventShards: 4,
    alarmTarget: undefined,
    warningTarget: undefined,
    senders: { rate: 2000, burst: 4000 },
    reservedConcurrency: undefined,
    exampleTargets: [],
    replayCeiling: 500,
    dispatchConcurrency: 5,
    tokenReminderDays: undefined,
    warmThroughput: undefined,
    tags: {},
    managedConnections: false,
    allowPrivate: [],
    oidc: undefined,
    customDomain: undefined,
    originDigests: [],
    edge: undefined,
    warnings: [],
  });
});

test.each([
  [{ stage: 'staging' }, "-c stage=staging can't be used; use dev or prod"],
  [
    { publicUrl: 'hooks.example.com' },
    "-c publicUrl=hooks.example.com can't be used; write it like https://hooks.example.com, without a slash at its end",
  ],
  [{ exampleRules: 'logs' }, "-c exampleRules=logs can't be used; use log, queue, or log,queue"],
  [{ dispatchConcurrency: '1' }, "-c dispatchConcurrency=1 can't be used; use a whole number from 2 to 1000"],
  [{ replayCeiling: '0' }, "-c replayCeiling=0 can't be used; use a whole number from 1 to 10000"],
  [{ managedConnections: 'yes' }, "-c managedConnections=yes can't be used; use true or false"],
  [
    { warmThroughput: '3999' },
    "-c warmThroughput=3999 can't be used; use a whole number from 4000 to 40000, or leave it out for what AWS gives a new table",
  ],
  [{ senderRate: '0' }, "-c senderRate=0 can't be used; use a whole number from 1 to 100000"],
  [{ alarmEmail: 'me' }, "-c alarmEmail=me can't be used; use one address, like you@example.com"],
  [{ eventShards: '65' }, "-c eventShards=65 can't be used; use a whole number from 1 to 64"],
])('%j is refused with a message that shows a valid value', (context, message) => {
  expect(() => readDeploymentSettings(context)).toThrow(new Error(message));
});

test.each([
  'https://hooks.example.com/',
  'https://hooks.example.com?a=1',
  'https://a@hooks.example.com',
  'http://a.example',
])("publicUrl can't be %s, because it would make broken URLs", (publicUrl) => {
  expect(() => readDeploymentSettings({ publicUrl })).toThrow(`-c publicUrl=${publicUrl} can't be used`);
});

test.each(['', 'log,', 'log queue', 'queue,logs'])("exampleRules can't be %j", (exampleRules) => {
  expect(() => readDeploymentSettings({ exampleRules })).toThrow(`-c exampleRules=${exampleRules} can't be used`);
});

test('exampleRules can be a log, a queue, or both', () => {
  expect(readDeploymentSettings({ exampleRules: 'log' }).exampleTargets).toEqual(['log']);
  expect(readDeploymentSettings({ exampleRules: 'queue,log' }).exampleTargets).toEqual(['log', 'queue']);
});

test.each([
  ['replayCeiling', ['10001', 'many', '1.5', '01']],
  ['tokenReminderDays', ['3651', 'many', '1.5', '0']],
  ['eventShards', ['0', '4.5', 'many']],
] as const)("%s can't be any of %j", (name, values) => {
  for (const value of values)
    expect(() => readDeploymentSettings({ [name]: value })).toThrow(`-c ${name}=${value} can't be used`);
});

test.each([
  ['true', true],
  ['false', false],
  [true, true],
  [false, false],
])('managedConnections can be %j, as -c or as a file gives it', (managedConnections, expected) => {
  expect(readDeploymentSettings({ managedConnections }).managedConnections).toBe(expected);
});

test.each<[unknown, Record<string, string>]>([
  ['team=payments', { team: 'payments' }],
  ['team=payments,query=a=b', { team: 'payments', query: 'a=b' }],
  [
    { 'cost center': '42', équipe: 'paiements' },
    { 'cost center': '42', équipe: 'paiements' },
  ],
])('tags can be %j', (tags, expected) => {
  expect(readDeploymentSettings({ tags }).tags).toEqual(expected);
});

test.each<[string, unknown]>([
  ['a key without a value', 'team'],
  ['a value without a key', '=payments'],
  ['an empty value', { team: '' }],
  ['a key of AWS', { 'aws:team': 'a' }],
  ['the key of the id', { 'Hooklatch:deployment': 'a' }],
  ['a value that is no text', { team: 7 }],
  ['a character that AWS refuses', { team: 'a;b' }],
  [
    'more than fits into a variable of Lambda',
    { a: 'x'.repeat(256), b: 'x'.repeat(256), c: 'x'.repeat(256), d: 'x'.repeat(256) },
  ],
])("tags can't have %s", (_, tags) => {
  expect(() => readDeploymentSettings({ tags })).toThrow("can't be used; write them like");
});
