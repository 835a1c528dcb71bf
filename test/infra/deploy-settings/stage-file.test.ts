/** The file with the settings of a stage. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { SettingError } from '../../../infra/deploy-settings/setting-error.ts';
import { settingNames } from '../../../infra/deploy-settings/setting-names.ts';
import { readDeploymentSettings } from '../../../infra/deploy-settings/settings.ts';
import { stageFileSchema } from '../../../infra/deploy-settings/stage-file.ts';
import { runApp } from '../given-template.ts';

const base = mkdtempSync(join(tmpdir(), 'hooklatch-stages-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** A folder with these files below `stages/`. A value that is not a text is written as JSON. */
function aFolder(files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(base, 'app-'));
  mkdirSync(join(folder, 'stages'));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, 'stages', name), typeof content === 'string' ? content : JSON.stringify(content));
  return folder;
}

/** The message of the error. */
function refusal(context: Record<string, unknown>, folder: string): string {
  try {
    readDeploymentSettings(context, folder);
  } catch (error) {
    if (error instanceof SettingError) return error.message;
    throw error;
  }
  return 'nothing was refused';
}

const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';
const prod = {
  $schema: './schema.json',
  account: '123456789012',
  region: 'eu-central-1',
  alarmEmail: 'on-call@example.com',
  domainName: 'hooks.example.com',
  certificateArn,
  replayCeiling: 50,
  oidcIssuer: 'https://id.example.com',
  oidcAudience: 'hooklatch',
  oidcAdmins: ['groups=a,b', 'groups=c'],
};

describe('a stage with a file', () => {
  const folder = aFolder({ 'prod.json': prod, 'prod-us.json': { region: 'us-east-2' } });

  test('needs no setting on the command line, so that none can be forgotten', () => {
    expect(readDeploymentSettings({ stage: 'prod' }, folder)).toMatchObject({
      stage: 'prod',
      env: { account: '123456789012', region: 'eu-central-1' },
      publicUrl: 'https://hooks.example.com',
      alarmTarget: { email: 'on-call@example.com' },
      customDomain: { domainName: 'hooks.example.com', certificateArn },
      replayCeiling: 50,
      eventShards: 4,
      oidc: {
        roles: [
          { role: 'connection_admin', claim: 'groups', value: 'a,b' },
          { role: 'connection_admin', claim: 'groups', value: 'c' },
        ],
      },
    });
  });

  test('has each setting of the file but those that -c overrides for one run', () => {
    const settings = readDeploymentSettings(
      { stage: 'prod', replayCeiling: '60', region: 'eu-west-1' },
      aFolder({
        'prod.json': { account: '123456789012', region: 'eu-central-1', replayCeiling: 50, eventShards: 8 },
      }),
    );
    expect(settings).toMatchObject({
      replayCeiling: 60,
      eventShards: 8,
      env: { account: '123456789012', region: 'eu-west-1' },
    });
  });

  test('gives nothing to another stage', () => {
    expect(readDeploymentSettings({ stage: 'dev' }, folder)).toEqual(readDeploymentSettings({ stage: 'dev' }));
    expect(readDeploymentSettings({}, folder).env).toEqual({});
  });

  test('can be another file, for a second region or account', () => {
    expect(readDeploymentSettings({ stage: 'prod', stageFile: 'stages/prod-us.json' }, folder)).toMatchObject({
      stage: 'prod',
      env: { region: 'us-east-2' },
      customDomain: undefined,
    });
    expect(refusal({ stage: 'prod', stageFile: 'stages/none.json' }, folder)).toBe(
      "-c stageFile=stages/none.json can't be used; there is no such file",
    );
  });
});

test('a stage without a file has the defaults', () => {
  expect(readDeploymentSettings({ stage: 'prod' }, mkdtempSync(join(base, 'empty-')))).toEqual(
    readDeploymentSettings({ stage: 'prod' }),
  );
});

test.each<[string, unknown, string]>([
  ['a mistyped key', { alarmemail: 'a@b.example' }, '"alarmemail" is not a setting; did you mean alarmEmail?'],
  ['an unknown key', { '💥': 1 }, '"💥" is not a setting; docs/deploy.md lists the settings'],
  [
    'a key that JavaScript knows',
    '{"__proto__": {}}',
    '"__proto__" is not a setting; docs/deploy.md lists the settings',
  ],
  ['a bad number', { senderRate: 0 }, "senderRate can't be 0; use a whole number from 1 to 100000"],
  ['null', { publicUrl: null }, "publicUrl can't be null; write it like https://hooks.example.com, without a slash"],
  ['an account as a number', { account: 12345678901 }, "account can't be 12345678901; write the 12 digits of the AWS"],
  ['half a region', { region: 'eu' }, `region can't be "eu"; use the name of an AWS region, like eu-central-1`],
  ['half a domain', { domainName: 'a.example' }, 'domainName and certificateArn need each other'],
  ['two targets', { alarmEmail: 'a@b.example', alarmTopic: 'x' }, "alarmTopic and alarmEmail can't be used together"],
  [
    'a certificate of another region',
    { region: 'eu-west-1', domainName: 'a.example', certificateArn },
    `certificateArn can't be "${certificateArn}"; use the ARN of a certificate of ACM in eu-west-1`,
  ],
])('%s is refused, and the message names the file, the key and what to do', (_, content, message) => {
  const found = refusal({ stage: 'prod' }, aFolder({ 'prod.json': content }));
  expect(found.slice(0, `stages/prod.json: ${message}`.length)).toBe(`stages/prod.json: ${message}`);
});

test.each<[string, string, string]>([
  ['no JSON', '{"region": }', 'stages/prod.json is not valid JSON: Unexpected token'],
  ['a list', '[]', 'stages/prod.json must be a JSON object, like {"region": "eu-central-1"}'],
  ['null', 'null', 'stages/prod.json must be a JSON object'],
  ['its stage', '{"stage": "dev"}', "stages/prod.json can't have stage, which says which file is read; remove it"],
])('a file with %s is refused', (_, content, message) => {
  expect(refusal({ stage: 'prod' }, aFolder({ 'prod.json': content }))).toContain(message);
});

test('a file that can’t be read is refused', () => {
  const folder = aFolder({});
  mkdirSync(join(folder, 'stages/prod.json'));
  expect(refusal({ stage: 'prod' }, folder)).toContain("prod.json can't be read: EISDIR");
});

test('a bad value of the command line is not blamed on the file', () => {
  const folder = aFolder({ 'prod.json': { senderRate: 5 } });
  expect(refusal({ stage: 'prod', senderRate: 'many' }, folder)).toBe(
    "-c senderRate=many can't be used; use a whole number from 1 to 100000",
  );
});

test('the app ends with the same line', async () => {
  const { exitCode, output } = await runApp(
    {
      stage: 'prod',
      'hooklatch:withoutStageFile': '',
      stageFile: join(aFolder({ 'a.json': { region: 1 } }), 'stages/a.json'),
    },
    join(base, 'unused'),
  );
  expect(output).toMatch(/^\S*stages\/a\.json: region can't be 1; use the name of an AWS region, like eu-central-1\n$/);
  expect(exitCode).toBe(1);
});

describe('the JSON Schema', () => {
  const validate = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(stageFileSchema());

  test('in stages/ is up to date: npm run stage-schema writes it', () => {
    const written = JSON.parse(readFileSync(join(import.meta.dirname, '../../../stages/schema.json'), 'utf8'));
    expect(written).toEqual(stageFileSchema());
  });

  test('has each setting with a sentence, and nothing is required', () => {
    const { properties, required } = stageFileSchema() as { properties: Record<string, object>; required?: string[] };
    const { $schema, ...settings } = properties;
    expect($schema).toEqual({ type: 'string' });
    expect(Object.keys(settings)).toEqual(settingNames.filter((name) => name !== 'stage' && name !== 'stageFile'));
    for (const schema of Object.values(settings))
      expect(schema).toMatchObject({ description: expect.stringMatching(/\.$/) });
    expect(required).toBeUndefined();
  });

  test('takes what the app takes, and refuses what the app refuses', () => {
    expect([validate(prod), validate.errors]).toEqual([true, null]);
    const refused = { senderRate: 0, publicUrl: null, account: 12345678901, region: 'eu', alarmemail: 'a@b.example' };
    for (const [name, value] of Object.entries(refused)) {
      expect([name, validate({ [name]: value })]).toEqual([name, false]);
      expect(refusal({}, aFolder({ 'dev.json': { [name]: value } }))).toContain('stages/dev.json: ');
    }
  });
});
