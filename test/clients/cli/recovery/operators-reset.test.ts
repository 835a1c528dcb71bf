/** `hooklatch operators reset` in AWS, with a small server in its place. `test/e2e/recovery.test.ts` has a data folder. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { tokenDigest } from '../../../../shared/endpoints/credential/token.ts';
import { hooklatch, type TerminalOptions } from '../given-terminal.ts';
import { aFakeAws, type FakeAws, withVariables } from './given-aws.ts';

const table = 'AWS::DynamoDB::Table';
const stacks = {
  'hooklatch-prod': {
    EventsTable4B7491D3: [table, 'events-of-prod'],
    StateTablePolicy962DE04C: ['AWS::IAM::Policy', 'policy'],
    StateTable962DE04C: [table, 'state-of-prod'],
  },
  'hooklatch-dev': { StateTable962DE04C: [table, 'state-of-dev'] },
  Hooks: { OrderStateTable: [table, 'orders'], GatewayStateTable0123ABCD: [table, 'state-of-hooks'] },
  Twice: { AStateTable0123ABCD: [table, 'a'], BStateTable0123ABCD: [table, 'b'] },
  Empty: {},
} as const;

let aws: FakeAws;
let restore: () => void;
beforeEach(async () => {
  aws = await aFakeAws(stacks);
  restore = withVariables(aws.env);
});
afterEach(() => {
  restore();
  aws.close();
});

const reset = (flags: readonly string[], options: TerminalOptions = {}) =>
  hooklatch(['operators', 'reset', ...flags], options);
const stored = () => JSON.parse(aws.roster ?? '{}');
const namesOf = ({ operators }: { operators: { name: string }[] }) => operators.map(({ name }) => name);

const ada = {
  id: 'op_ada',
  name: 'ada',
  role: 'connection_admin',
  digest: 'd1',
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'bootstrap',
};

test('adds an admin without an expiry, in the name of the caller, and prints its token', async () => {
  const { code, out, err } = await reset(['--stage', 'prod']);
  expect(aws.calls).toEqual([
    'ListStackResources hooklatch-prod',
    'ListStackResources hooklatch-prod',
    'GetCallerIdentity',
    'GetItem state-of-prod',
    'PutItem state-of-prod',
  ]);
  const [, token = ''] = /^token +(hlo_\w{49})$/m.exec(out) ?? [];
  const by = 'iam:arn:aws:sts::111111111111:assumed-role/oncall/ada';
  const id = expect.stringMatching(/^op_[0-9a-f-]{36}$/);
  const digest = tokenDigest(token).toString('hex');
  expect(stored()).toEqual({
    version: 1,
    operators: [{ id, name: 'reset', role: 'connection_admin', digest, createdAt: expect.any(String), createdBy: by }],
    entry: expect.objectContaining({ verb: 'resetOperators', by, revoked: [] }),
  });
  expect([aws.roster?.includes(digest), aws.roster?.includes(token)]).toEqual([true, false]);
  expect([code, out.split('\n').length]).toEqual([0, 5]);
  expect(err).toBe('The token is shown only this once. 0 operators were revoked.\n');
});

test('prints one JSON document with --json, and nothing else', async () => {
  const { json, err } = await reset(['--json', '--name', 'ada']);
  expect(json()).toEqual({
    ...{ id: stored().operators[0].id, name: 'ada', role: 'connection_admin', token: expect.stringMatching(/^hlo_/) },
    ...{ revoked: 0, bootstrapClosed: false },
  });
  expect(err).toBe('');
});

test.each([
  ['the stage dev by default', [], 'state-of-dev', 1],
  ['the stack of an app of your own', ['--stack', 'Hooks'], 'state-of-hooks', 1],
  ['a table by its name', ['--table', 'mine'], 'mine', 0],
])('changes %s', async (_, flags, name, looks) => {
  expect((await reset(flags)).code).toBe(0);
  expect(aws.calls.filter((call) => call.endsWith(`Item ${name}`))).toEqual([`GetItem ${name}`, `PutItem ${name}`]);
  expect(aws.calls.filter((call) => call.startsWith('ListStackResources'))).toHaveLength(looks);
});

test.each([
  ['keeps the other operators', [], ['ada', 'grace']],
  ['replaces the operator of the same name', ['--name', 'ada'], ['ada']],
  ['revokes all other operators on request', ['--revoke-all', '--yes'], ['grace']],
])('%s', async (_, flags, names) => {
  aws.roster = JSON.stringify({ version: 4, operators: [ada], bootstrapClosedAt: '2026-02-01T00:00:00.000Z' });
  expect((await reset(['--name', 'grace', ...flags])).code).toBe(0);
  expect(namesOf(stored())).toEqual(names);
  expect([stored().version, stored().bootstrapClosedAt]).toEqual([5, '2026-02-01T00:00:00.000Z']);
  expect(stored().operators.at(-1).id).not.toBe('op_ada');
});

test('that revokes all others closes an open bootstrap token in the same write', async () => {
  aws.roster = JSON.stringify({ version: 4, operators: [ada] });
  const { err } = await reset(['--revoke-all', '--yes']);
  expect(aws.calls.filter((call) => call.startsWith('PutItem'))).toHaveLength(1);
  expect(namesOf(stored())).toEqual(['reset']);
  expect(stored().bootstrapClosedAt).toBe(stored().entry.at);
  expect(stored().entry).toMatchObject({ verb: 'resetOperators', revoked: ['op_ada'], bootstrapClosed: true });
  expect(err).toContain('1 operator was revoked. The bootstrap token is closed.');
  expect(err).toContain('does not stop an admin of an OpenID Connect issuer');
});

test.each([
  ['yes', 0, ['reset']],
  ['no', 1, ['ada']],
])('asks before it revokes all others, and does what the answer %s says', async (answer, code, names) => {
  aws.roster = JSON.stringify({ version: 4, operators: [ada] });
  const ran = await reset(['--revoke-all'], { typed: [`${answer}\n`] });
  expect([ran.code, namesOf(stored())]).toEqual([code, names]);
  expect(ran.err).toContain('Revoke every operator and close the bootstrap token?');
});

test('revokes nobody if nobody can answer', async () => {
  const { code, err } = await reset(['--revoke-all']);
  expect([code, aws.calls]).toEqual([2, []]);
  expect(err).toContain('add --yes');
});

test('starts again if another operator changes the list first', async () => {
  aws.lostWrites = 1;
  expect((await reset(['--table', 'mine'])).code).toBe(0);
  // A refused write is followed by a read, in case the write was the command's own.
  expect(aws.calls.map((call) => call.split(' ')[0])).toEqual([
    ...['GetCallerIdentity', 'GetItem', 'PutItem'],
    ...['GetItem', 'GetItem', 'PutItem'],
  ]);
});

test('gives up if other operators change the list each time', async () => {
  aws.lostWrites = 8;
  const { code, err } = await reset(['--table', 'mine']);
  expect([code, err, aws.roster]).toEqual([
    5,
    'Other operators changed the list at the same time. Run this again.\n',
    undefined,
  ]);
});

test.each([
  [
    'an unknown stage',
    ['--stage', 'test'],
    'There is no stack hooklatch-test in this account and region. Check --stage or --stack, the region and your AWS credentials.',
  ],
  [
    'another stack',
    ['--stack', 'Empty'],
    'The stack Empty has no State table. Name the stack of the gateway: --stack NAME',
  ],
  ['two gateways', ['--stack', 'Twice'], 'The stack Twice has several: a, b. Name one: --table NAME'],
  [
    'a missing permission',
    ['--stack', 'denied'],
    "AWS refused this, or can't be asked (AccessDenied): ada is not authorized",
  ],
  [
    'a name that no operator can have',
    ['--name', ' '],
    '--name: must have no control characters, and no white space at its ends',
  ],
])('%s is explained, and nothing is written', async (_, flags, message) => {
  const { code, out, err } = await reset(flags);
  expect([code, out, err]).toEqual([2, '', `${message}\n`]);
  expect(aws.roster).toBeUndefined();
});

test.each([
  [
    'credentials',
    { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' },
    /CredentialsProviderError/,
  ],
  [
    'a region',
    { AWS_REGION: undefined },
    /^No AWS region is set: set AWS_REGION, or the region in your AWS configuration\.$/,
  ],
  ['a region that is one', { AWS_REGION: '' }, /Region not accepted/],
  ['an answer', { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, /ECONNREFUSED/],
])('without %s it says so, in one line', async (_, env, message) => {
  const undo = withVariables({ AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent', ...env });
  const { code, err } = await reset([]);
  undo();
  expect([code, err.trim().split('\n')]).toEqual([2, [expect.stringMatching(message)]]);
});
