/** Every option of every command reaches the request, also where one option of many could be forgotten. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { aConnection, aDeployment, aDestination, answered, aReplay, env } from './given-api.ts';
import { everyCommand, optionsOf } from './given-commands.ts';
import { hooklatch } from './given-terminal.ts';

const at = '/v1/connections/orders';
const [from, to, expiresAt] = ['2026-03-01T12:00:00.000Z', '2026-03-01T13:00:00.000Z', '2027-01-31T00:00:00.000Z'];
const twoSecrets = { value: 'a-token-of-the-sender', signingSecret: 'a-secret-of-the-sender' };
const settings = { retentionDays: 9 };

interface Row {
  args: string[];
  stdin?: object | string;
  /** A part of one of the requests. */
  request: object;
}

/** A change that only applies to a version of the record. */
const guarded = (method: string, path: string, more: object = {}) => ({ method, path, ifMatch: '"7"', ...more });
const verb = (name: string): [string, Row[]] => [
  `endpoint ${name}`,
  [{ args: ['orders', '--if-version', '7'], request: guarded('POST', `${at}/endpoint/${name}`) }],
];

/** The options of settings, in two parts, and what they are in a request. */
const ofSettings = {
  args: [
    ...['--allow-from', '192.0.2.0/24', '--allow-from', '2001:db8::1', '--dedupe-header', 'x-id'],
    ...['--method', 'PUT', '--method', 'POST', '--raw', '--retention-days', '90'],
  ],
  body: {
    allowFrom: ['192.0.2.0/24', '2001:db8::1'],
    dedupe: { by: 'header', name: 'x-id' },
    methods: ['PUT', 'POST'],
    raw: true,
    retentionDays: 90,
  },
};

/** The fields of a destination that are options. */
const destination = {
  url: 'https://shop.example.com/in',
  description: 'the shop',
  method: 'PUT',
  timeoutSeconds: 5,
  rate: { perMinute: 100 },
  concurrency: 4,
  giveUpAfterHours: 48,
  schedule: [30, 300, 3_600],
  retryOn: ['408', '5xx'],
  forwardHeaders: ['x-a', 'x-b'],
};

/** By the words of the command. */
const commands: Readonly<Record<string, Row[]>> = Object.fromEntries([
  [
    'up',
    [
      { args: ['new', '--provider', 'github'], request: { method: 'POST', body: { name: 'new', provider: 'github' } } },
      {
        args: ['orders', '--file', '-'],
        stdin: settings,
        request: { method: 'PUT', path: `${at}/endpoint`, body: settings },
      },
      {
        args: ['orders', ...ofSettings.args],
        request: { method: 'PUT', path: `${at}/endpoint`, body: ofSettings.body },
      },
      { args: ['orders', '--value-stdin'], stdin: 'whsec_1', request: { method: 'POST', body: { value: 'whsec_1' } } },
    ],
  ],
  [
    'down',
    [
      {
        args: ['orders', '--yes', '--discard-held'],
        request: { method: 'DELETE', path: `${at}/endpoint`, query: { discardHeld: 'true' } },
      },
      { args: ['orders', '--yes', '--delete'], request: { method: 'DELETE', path: at } },
    ],
  ],
  [
    'connections create',
    [
      {
        args: ['orders', '--provider', 'github', '--description', 'the code'],
        request: { method: 'POST', body: { name: 'orders', provider: 'github', description: 'the code' } },
      },
    ],
  ],
  [
    'connections edit',
    [
      {
        args: ['orders', '--provider', 'github', '--description', '', '--if-version', '7'],
        request: guarded('PATCH', at, { body: { provider: 'github', description: '' } }),
      },
    ],
  ],
  ['connections delete', [{ args: ['orders', '--yes', '--if-version', '7'], request: guarded('DELETE', at) }]],
  ...['configure', 'update'].map((name): [string, Row[]] => [
    `endpoint ${name}`,
    [
      {
        args: ['orders', '--file', '-', '--yes', '--if-version', '7'],
        stdin: { values: { graceSeconds: 0 } },
        request: guarded('PUT', `${at}/endpoint`, { body: { values: { graceSeconds: 0 } } }),
      },
      {
        args: ['orders', ...ofSettings.args, '--if-version', '7'],
        request: guarded('PUT', `${at}/endpoint`, { body: ofSettings.body }),
      },
    ],
  ]),
  ...['activate', 'deactivate', 'hold', 'release'].map(verb),
  [
    'endpoint deconfigure',
    [
      {
        args: ['orders', '--yes', '--discard-held', '--if-version', '7'],
        request: guarded('DELETE', `${at}/endpoint`, { query: { discardHeld: 'true' } }),
      },
    ],
  ],
  ['endpoint test', [{ args: ['orders', '--publish'], request: { method: 'POST', body: { publish: true } } }]],
  [
    'token generate',
    [
      {
        args: ['orders', '--value-stdin'],
        stdin: 'whsec_1\n',
        request: { method: 'POST', body: { value: 'whsec_1' } },
      },
      { args: ['orders', '--file', '-'], stdin: twoSecrets, request: { method: 'POST', body: twoSecrets } },
    ],
  ],
  [
    'token rotate',
    [
      {
        args: ['orders', '--value-stdin', '--grace-seconds', '0', '--yes'],
        stdin: 'whsec_1',
        request: { path: `${at}/endpoint/token/rotate`, body: { value: 'whsec_1', graceSeconds: 0 } },
      },
      {
        args: ['orders', '--file', '-', '--grace-seconds', '60', '--force', '--yes'],
        stdin: twoSecrets,
        request: { path: `${at}/endpoint/token/rotate`, body: { ...twoSecrets, graceSeconds: 60, force: true } },
      },
    ],
  ],
  ['handshake open', [{ args: ['orders', '--minutes', '5'], request: { method: 'POST', body: { minutes: 5 } } }]],
  [
    'handshake confirm',
    [
      {
        args: ['orders', '--grace-seconds', '0', '--force', '--yes'],
        request: { path: `${at}/endpoint/handshake/confirm`, body: { graceSeconds: 0, force: true } },
      },
    ],
  ],
  [
    'replays start',
    [
      {
        args: ['orders', '--from', from, '--to', to, '--type', 'paid', '--rate', '20', '--dry-run'],
        request: {
          method: 'POST',
          path: `${at}/replays`,
          body: { from, to, type: 'paid', ratePerSecond: 20, dryRun: true },
        },
      },
    ],
  ],
  [
    'redeliveries start',
    [
      {
        args: [
          ...['shop', '--from', from, '--to', to, '--status', 'given_up', 'delivered', '--connection', 'orders'],
          ...['--rule', 'paid', '--rate', '20', '--dry-run'],
        ],
        request: {
          method: 'POST',
          path: '/v1/destinations/shop/redeliveries',
          body: {
            ...{ from, to, statuses: ['given_up', 'delivered'], connection: 'orders', rule: 'paid' },
            ...{ ratePerSecond: 20, dryRun: true },
          },
        },
      },
      {
        args: ['shop', '--from', from],
        request: { method: 'POST', body: { from } },
      },
    ],
  ],
  [
    'destinations create',
    [
      {
        args: [
          ...['shop', '--url', 'https://shop.example.com/in', '--description', 'the shop', '--method', 'PUT'],
          ...['--timeout-seconds', '5', '--rate', '100/m', '--concurrency', '4', '--give-up-after-hours', '48'],
          ...['--schedule', '30s,5m,1h', '--retry-on', '408, 5xx', '--forward-headers', 'x-a,x-b'],
          ...['--file', '-'],
        ],
        stdin: { headers: { 'x-team': 'payments' } },
        request: {
          method: 'POST',
          body: { ...destination, name: 'shop', headers: { 'x-team': 'payments' } },
        },
      },
    ],
  ],
  [
    'destinations edit',
    [
      {
        args: [
          ...['shop', '--url', 'https://shop.example.com/in', '--description', 'the shop', '--method', 'PUT'],
          ...['--timeout-seconds', '5', '--rate', '100/m', '--concurrency', '4', '--give-up-after-hours', '48'],
          ...['--schedule', '30s,5m,1h', '--retry-on', '408, 5xx', '--forward-headers', 'x-a,x-b'],
          ...['--if-version', '7'],
        ],
        request: guarded('PATCH', '/v1/destinations/shop', { body: destination }),
      },
      {
        args: ['shop', '--file', '-'],
        stdin: { headers: {} },
        request: { method: 'PATCH', body: { headers: {} } },
      },
    ],
  ],
  [
    'destinations pause',
    [{ args: ['shop', '--if-version', '7'], request: guarded('POST', '/v1/destinations/shop/pause', { body: {} }) }],
  ],
  [
    'destinations resume',
    [{ args: ['shop', '--if-version', '7'], request: guarded('POST', '/v1/destinations/shop/resume', { body: {} }) }],
  ],
  [
    'destinations attempt',
    [{ args: ['shop', '--if-version', '7'], request: guarded('POST', '/v1/destinations/shop/attempt', { body: {} }) }],
  ],
  [
    'destinations rotate',
    [
      {
        args: ['shop', '--value-stdin', '--grace-seconds', '60', '--force', '--yes'],
        stdin: 'whsec_1',
        request: {
          path: '/v1/destinations/shop/secret/rotate',
          body: { value: 'whsec_1', graceSeconds: 60, force: true },
        },
      },
    ],
  ],
  [
    'destinations delete',
    [
      { args: ['shop', '--yes', '--if-version', '7'], request: guarded('DELETE', '/v1/destinations/shop') },
      { args: ['shop', '--yes', '--force'], request: { method: 'DELETE', query: { force: 'true' } } },
    ],
  ],
  [
    'routes set',
    [
      {
        args: ['orders', '--file', '-', '--if-version', '7'],
        stdin: { version: 6, mode: 'all', rules: [] },
        request: guarded('PUT', `${at}/routes`, { body: { mode: 'all', rules: [] } }),
      },
    ],
  ],
  [
    'routes test',
    [
      {
        args: ['orders', '--event', 'evt_1', '--routes', '-'],
        stdin: { version: 6, rules: [] },
        request: { method: 'POST', path: `${at}/routes/test`, body: { eventId: 'evt_1', routes: { rules: [] } } },
      },
      {
        args: ['orders', '--file', '-'],
        stdin: { type: 'a' },
        request: { method: 'POST', body: { event: { type: 'a' } } },
      },
    ],
  ],
  [
    'operators create',
    [
      {
        args: ['ci', '--role', 'flow_designer', '--expires-at', expiresAt],
        request: { method: 'POST', body: { name: 'ci', role: 'flow_designer', expiresAt } },
      },
    ],
  ],
]);

/** Options that are not in a request of the command. `flags` and `paging.test.ts` try them at each command that has them. */
const elsewhere = new Set(['--yes', '--show-token', '--wait', '--no-wait', '--body', '--limit', '--cursor']);
/** Commands whose every option is in other tests, with the files of those tests. */
const others: Readonly<Record<string, string | readonly string[]>> = {
  login: 'fails-then-works',
  listen: 'listen/listen-options',
  doctor: 'doctor/doctor',
  'deploy-check': 'deploy-check/deploy-check',
  local: 'local',
  mcp: ['mcp', '../mcp/procedure'],
  redrive: ['recovery/redrive', 'recovery/data-folder'],
  'operators reset': ['recovery/operators-reset', 'recovery/data-folder'],
  rejections: 'paging',
  'connections list': 'paging',
  'events list': 'paging',
  'deliveries list': 'paging',
  'events search': 'search',
  'events tail': 'paging',
  'events wait': 'wait',
  plan: ['plan', 'file-checks'],
  apply: ['plan', 'file-checks', 'apply-asks'],
  export: 'plan',
  stats: 'stats',
  send: 'send',
};

test('each option is here, or in another test', () => {
  const forgotten = everyCommand().flatMap((leaf) => {
    const words = leaf.path.join(' ');
    const tried = new Set(commands[words]?.flatMap(({ args }) => args));
    const missing = optionsOf(leaf).filter((option) => !elsewhere.has(option) && !tried.has(option));
    return Object.hasOwn(others, words) ? [] : missing.map((option) => `${words} ${option}`);
  });
  expect([Object.keys(commands).length, forgotten]).toEqual([29, []]);
});

test.each(Object.entries(others))('the other tests of %s, %s, have each of its options', (words, files) => {
  const leaf = everyCommand().find(({ path }) => path.join(' ') === words);
  const text = [files]
    .flat()
    .map((file) => readFileSync(new URL(`${file}.test.ts`, import.meta.url), 'utf8'))
    .join();
  const options = leaf ? optionsOf(leaf) : [];
  expect(options.length).toBeGreaterThan(0);
  expect(options.filter((option) => !text.includes(`'${option}'`))).toEqual([]);
});

const rows = Object.entries(commands).flatMap(([words, all]) =>
  all.map((row): [string, Row] => [
    `${words} ${row.args.slice(1).join(' ')}`,
    { ...row, args: [...words.split(' '), ...row.args] },
  ]),
);

const inputs = everyCommand().flatMap((leaf) =>
  optionsOf(leaf)
    .filter((option) => option === '--value-stdin' || option === '--file')
    .map((option): [string, string] => [leaf.path.join(' '), option]),
);

test.each(inputs)('%s asks the deployment for nothing if the input of %s can’t be read', async (words, option) => {
  const { asked, fetch } = aDeployment(() => answered(aConnection()));
  const input = option === '--file' ? ['/nonexistent/input.json'] : [];
  const { code } = await hooklatch([...words.split(' '), 'orders', option, ...input], { env, fetch });
  expect([code, asked]).toEqual([2, []]);
});

test.each(rows)('%s', async (_, { args, stdin = '', request }) => {
  const { asked, fetch } = aDeployment(({ method, path }) => {
    if (path === '/v1/connections/new' && method === 'GET')
      return answered({ code: 'connection_not_found', detail: 'None.' }, 404);
    if (path.includes('/routes')) return answered({ version: 7, mode: 'all', rules: [] });
    if (path.endsWith('/test')) return answered({ passed: true, steps: [] });
    if (path.endsWith('/replays')) return answered({ count: 1, complete: true, skipped: 0, writeUnits: 1 });
    if (path.endsWith('/redeliveries')) return answered({ count: 1, complete: true, skipped: 0, sample: [] });
    if (path === '/v1/operators')
      return answered({ token: 'x', operator: { id: 'a', name: 'ci', role: 'flow_designer' } });
    if (path.startsWith('/v1/destinations')) return answered(aDestination());
    const made = { token: 'x', deliveryUrls: [], connection: aConnection() };
    return answered({ ...aConnection(), ...aReplay(), ...(path.includes('/token') && made) });
  });
  const text = typeof stdin === 'string' ? stdin : JSON.stringify(stdin);
  const { code, err } = await hooklatch([...args], { env, fetch, stdin: text });
  expect([code, err.includes('Error')]).toEqual([0, false]);
  expect(asked).toContainEqual(expect.objectContaining(request));
});
