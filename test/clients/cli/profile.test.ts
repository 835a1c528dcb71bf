/** Which deployment and which token a command uses. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UsageError } from '../../../clients/cli/command-error.ts';
import { readProfile, removeProfile, targetOf, writeProfile } from '../../../clients/cli/profile.ts';
import { aConnection, answered, aReplay } from './given-api.ts';
import { everyCommand, type Leaf, withoutApi } from './given-commands.ts';
import { hooklatch } from './given-terminal.ts';

let profileFolder: string;
beforeEach(() => {
  profileFolder = join(mkdtempSync(join(tmpdir(), 'hooklatch-profile-')), 'hooklatch');
});
afterEach(() => rmSync(join(profileFolder, '..'), { recursive: true }));

const saved = { url: 'https://saved.example.com', token: 'hlo_saved' };
const prod = { url: 'https://prod.example.com', token: 'hlo_prod' };

test('a profile is written for its owner alone, and read again', () => {
  const path = writeProfile(profileFolder, 'prod', prod);
  expect(path).toBe(join(profileFolder, 'prod.json'));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(profileFolder).mode & 0o777).toBe(0o700);
  expect(readProfile(profileFolder, 'prod')).toEqual(prod);
});

test('a later login replaces the profile', () => {
  writeProfile(profileFolder, undefined, prod);
  writeProfile(profileFolder, undefined, saved);
  expect(readProfile(profileFolder)).toEqual(saved);
});

test.each([0o640, 0o604, 0o660])('a profile that others may read (%o) is refused', (mode) => {
  const path = writeProfile(profileFolder, undefined, saved);
  chmodSync(path, mode);
  expect(() => readProfile(profileFolder)).toThrow(`Run: chmod 600 ${path}`);
});

test.each(['', '{', '[]', '{"url":"https://a.example"}', '"hlo_saved"'])('the content %j is no profile', (content) => {
  const path = writeProfile(profileFolder, undefined, saved);
  writeFileSync(path, content);
  expect(() => readProfile(profileFolder)).toThrow(/is not a profile\. Remove it, and run: hooklatch login$/);
  writeFileSync(writeProfile(profileFolder, 'prod', prod), content);
  expect(() => readProfile(profileFolder, 'prod')).toThrow(/run: hooklatch login --profile prod$/);
});

test.each(['../../prod', 'a/b', '', 'Prod', '.'])('the name %j of a profile is refused', (name) => {
  expect(() => writeProfile(profileFolder, name, saved)).toThrow(UsageError);
});

const url = 'https://env.example.com';
const token = 'hlo_env';

test.each([
  ['nothing else is set', {}, undefined, saved],
  ['the environment has both', { HOOKLATCH_URL: url, HOOKLATCH_TOKEN: token }, undefined, { url, token }],
  ['the environment has its URL', { HOOKLATCH_URL: 'https://saved.example.com/v1' }, undefined, saved],
  ['a profile is named', { HOOKLATCH_URL: url, HOOKLATCH_TOKEN: token }, 'prod', prod],
  ['the environment names a profile', { HOOKLATCH_PROFILE: 'prod' }, undefined, prod],
])('chooses the target if %s', (_, env, name, target) => {
  writeProfile(profileFolder, undefined, saved);
  writeProfile(profileFolder, 'prod', prod);
  expect(targetOf({ env, profileFolder }, name)).toEqual(target);
});

test.each([
  ["never sends a profile's token to another URL", { HOOKLATCH_URL: url }, /that token is sent nowhere else/],
  [
    'never sends the token of the environment to the URL of a profile',
    { HOOKLATCH_TOKEN: token },
    /HOOKLATCH_URL is not/,
  ],
])('%s', (_, env, message) => {
  writeProfile(profileFolder, undefined, saved);
  expect(() => targetOf({ env, profileFolder }, undefined)).toThrow(message);
});

test.each([
  ['the default profile', undefined, {}, 'hooklatch login'],
  ['the profile of the option', 'prod', {}, 'hooklatch login --profile prod'],
  ['the profile of the environment', undefined, { HOOKLATCH_PROFILE: 'prod' }, 'hooklatch login --profile prod'],
  [
    'the profile of the option, not that of the environment,',
    'prod',
    { HOOKLATCH_PROFILE: 'test' },
    'hooklatch login --profile prod',
  ],
  [
    'the profile of the environment, which has a URL and a token too,',
    undefined,
    { HOOKLATCH_PROFILE: 'prod', HOOKLATCH_URL: url, HOOKLATCH_TOKEN: token },
    'hooklatch login --profile prod',
  ],
])('if %s is missing, the login that is advised makes it', async (_, name, env, login) => {
  const target = () => targetOf({ env, profileFolder }, name);
  // Whoever names a profile gets no other advice: the variables would not be looked at.
  const isNamed = login !== 'hooklatch login';
  const advice = `You are not logged in. Run: ${login}.${isNamed ? '' : ' Or set HOOKLATCH_URL and HOOKLATCH_TOKEN.'}`;
  expect(target).toThrow(new UsageError(advice));
  const [, ...args] = [...login.split(' '), '--url', prod.url, '--token-stdin'];
  const fetch = (async () => answered({ id: 'op_1', name: 'ci', role: 'flow_designer' })) as typeof globalThis.fetch;
  await hooklatch(args, { env, profileFolder, fetch, stdin: prod.token });
  expect(target()).toEqual(prod);
});

test('a login that fails leaves the earlier profile and no draft', () => {
  const path = writeProfile(profileFolder, undefined, saved);
  expect(() => writeProfile(profileFolder, 'x'.repeat(33), prod)).toThrow(UsageError);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(saved);
});

test('a profile that can’t be put in its place leaves no file with its token, and is written once it can', () => {
  writeProfile(profileFolder, undefined, saved);
  mkdirSync(join(profileFolder, 'prod.json'));
  const write = () => writeProfile(profileFolder, 'prod', prod);
  for (const _ of [1, 2]) expect(write).toThrow(/can't be written: EISDIR\.$/);
  expect(readdirSync(profileFolder).sort()).toEqual(['default.json', 'prod.json']);
  rmSync(join(profileFolder, 'prod.json'), { recursive: true });
  write();
  expect(readProfile(profileFolder, 'prod')).toEqual(prod);
});

const both = [true, false];
/** Every combination of the places that can name a deployment. */
const places = both.flatMap((option) =>
  both.flatMap((variable) => both.flatMap((token) => both.map((login) => ({ option, variable, token, login })))),
);

test.each(places)(
  'the option comes before the variables, and those before the login: %j',
  ({ option, variable, token, login }) => {
    const of = (name: string) => ({ url: `https://${name}.example.com`, token: `hlo_${name}` });
    for (const name of ['option', 'variable']) writeProfile(profileFolder, name, of(name));
    if (login) writeProfile(profileFolder, undefined, of('login'));
    const env = {
      ...(variable && { HOOKLATCH_PROFILE: 'variable' }),
      ...(token && { HOOKLATCH_URL: of('token').url, HOOKLATCH_TOKEN: of('token').token }),
    };
    const surroundings = { env, profileFolder };
    const chosen = Object.entries({ option, variable, token, login }).find(([, isThere]) => isThere)?.[0];
    const name = option ? 'option' : undefined;
    const target = () => targetOf(surroundings, name);
    if (chosen === undefined) expect(target).toThrow('You are not logged in.');
    else expect(target()).toEqual(of(chosen));
    const file = option ? 'option' : variable ? 'variable' : 'default';
    expect(removeProfile(surroundings, name)).toEqual({
      path: join(profileFolder, `${file}.json`),
      wasThere: file !== 'default' || login,
    });
  },
);

/** Commands that ask no deployment, or the one that they are given. */
const withoutProfile = new Set(['login', 'logout', 'completion', ...withoutApi]);

/** A command as it is typed, with the arguments and the options that it must have. */
const typed = ({ command, path }: Leaf): string[] => {
  const values: Readonly<Record<string, string>> = {
    '--file': '-',
    '--forward': 'http://127.0.0.1:1',
    '--from': '2026-03-01T12:00:00Z',
    '--role': 'flow_designer',
    '--description': 'a text',
    '--contains': 'a',
    '--event': 'evt_1',
    '--as': 'shop',
    '--url': 'https://shop.example.com/in',
    '--retention-days': '5',
  };
  const isNeeded = ({ long, mandatory }: { long?: string | null | undefined; mandatory: boolean }) =>
    mandatory ||
    long === '--description' ||
    (long === '--url' && path.join(' ') === 'destinations create') ||
    (long === '--event' && path.join(' ') === 'routes test') ||
    (long === '--contains' && path.join(' ') === 'events search') ||
    (long === '--retention-days' && path.at(-1) === 'update');
  const options = command.options.filter(isNeeded).flatMap(({ long }) => [String(long), values[String(long)] ?? '']);
  const yes = command.options.some(({ long }) => long === '--yes') ? ['--yes'] : [];
  return [...path, ...command.registeredArguments.map(() => 'orders'), ...options, ...yes];
};

test.each(
  everyCommand()
    .filter(({ path }) => !withoutProfile.has(path.join(' ')))
    .map((leaf): [string, string[]] => [leaf.path.join(' '), typed(leaf)]),
)('%s asks the deployment of the named profile alone, with its token', async (_, args) => {
  writeProfile(profileFolder, undefined, saved);
  writeProfile(profileFolder, 'prod', prod);
  const asked: [origin: string, token: string | null][] = [];
  const fetch = (async (url: string, { headers }: RequestInit = {}) => {
    asked.push([new URL(url).origin, new Headers(headers).get('authorization')]);
    const made = { token: 'x', deliveryUrls: [], connection: aConnection(), operator: {}, steps: [], items: [] };
    return answered({ ...aConnection(), ...aReplay(), ...made, nextCursor: null, upTo: '2026-03-01T12:00:00.000Z' });
  }) as typeof globalThis.fetch;
  const interrupt = new AbortController();
  await hooklatch([...args, '--profile', 'prod'], {
    ...{ profileFolder, fetch, stateFolder: join(profileFolder, '..', 'state') },
    stdin: ['plan', 'apply'].includes(String(args[0])) ? '{"name": "shop"}' : '{}',
    interrupt: interrupt.signal,
    wait: async () => interrupt.abort(),
  });
  expect(new Set(asked.map(([origin]) => origin))).toEqual(new Set([prod.url]));
  // To compare the clocks, doctor needs no token.
  expect(new Set(asked.flatMap(([, token]) => token ?? []))).toEqual(new Set([`Bearer ${prod.token}`]));
});

test('a new operator is told to log in at the deployment that has the token', async () => {
  writeProfile(profileFolder, 'prod', prod);
  const operator = { id: 'op_1', name: 'ci', role: 'flow_designer' };
  const fetch = (async () => answered({ token: 'hlo_new', operator }, 201)) as typeof globalThis.fetch;
  const create = ['operators', 'create', 'ci', '--role', 'flow_designer', '--profile', 'prod'];
  const { err } = await hooklatch(create, { profileFolder, fetch });
  expect(err).toBe(`Give the token to ci, where nobody else can read it. With it: hooklatch login --url ${prod.url}\n`);
});

describe('a login while variables name another deployment', () => {
  const login = async (env: Record<string, string>, ...flags: string[]) => {
    const fetch = (async () => answered({ id: 'op_1', name: 'ci', role: 'flow_designer' })) as typeof globalThis.fetch;
    const args = ['login', '--url', prod.url, '--token-stdin', ...flags];
    return (await hooklatch(args, { env, profileFolder, fetch, stdin: prod.token })).err;
  };
  const variables = { HOOKLATCH_URL: url, HOOKLATCH_TOKEN: token };

  test.each([
    [
      variables,
      'HOOKLATCH_URL and HOOKLATCH_TOKEN are set, and come before this profile. To use it: unset HOOKLATCH_URL HOOKLATCH_TOKEN\n',
    ],
    [
      { ...variables, HOOKLATCH_PROFILE: 'dev' },
      'HOOKLATCH_PROFILE is set, and comes before this profile. To use it: unset HOOKLATCH_PROFILE\n',
    ],
    [{ HOOKLATCH_URL: url }, ''],
    [{}, ''],
  ])('with %j says which come first: %j', async (env, said) => {
    expect(await login(env)).toBe(said);
  });

  test('says nothing if the profile is named', async () => {
    expect(await login(variables, '--profile', 'prod')).toBe('');
  });
});

describe('a refused token', () => {
  const whoami = async (env: Record<string, string>, ...flags: string[]) => {
    writeProfile(profileFolder, undefined, saved);
    writeProfile(profileFolder, 'prod', prod);
    const fetch = (async () => answered({ message: 'Forbidden' }, 403)) as typeof globalThis.fetch;
    return (await hooklatch(['whoami', ...flags], { env, profileFolder, fetch })).err;
  };
  const variables = { HOOKLATCH_URL: url, HOOKLATCH_TOKEN: token };

  test('of a variable is named, because a login does not replace it', async () => {
    expect(await whoami(variables)).toMatch(
      /Log in with another one\. .* The token is that of HOOKLATCH_TOKEN, which comes before a login\.\n$/,
    );
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['a login', {}, []],
    ['a named profile', variables, ['--profile', 'prod']],
    ['the profile of a variable', { ...variables, HOOKLATCH_PROFILE: 'prod' }, []],
  ])('of %s is not', async (_, env, flags) => {
    const err = await whoami(env, ...flags);
    expect([err.includes('Log in with another one.'), err.includes('HOOKLATCH_TOKEN')]).toEqual([true, false]);
  });
});
