/** `events wait` prints the event that came, and else says with its exit code and in words what came instead. */
import { describe, expect, test } from '@jest/globals';
import { aDeployment, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const receivedAt = '2026-03-01T12:00:00.500Z';
const row = { id: 'evt_1', endpointId: 'e', receivedAt, type: 'push', method: 'POST', size: 9, tokenId: 't' };
const view = {
  ...row,
  connection: 'orders',
  provider: 'generic',
  path: '',
  sourceIp: '192.0.2.1',
  sha256: '',
  verifiedBy: 'token',
  bytesAltered: false,
  expiresAt: receivedAt,
  publication: 'published',
  headers: { 'content-type': 'application/json' },
  query: '',
  body: '{"id": 7}',
};
const refusal = {
  minute: '2026-03-01T12:00',
  reason: 'token_unknown',
  count: 2,
  explanation: 'The token is wrong.',
  facts: [],
};

/** Runs a command while the clock of the deployment shows noon, and its own some other time. */
async function run(
  args: readonly string[],
  { items = [row] as object[], status = 200, stdin = '', body = view.body } = {},
) {
  let now = 400;
  const { asked, fetch } = aDeployment(({ path }) => {
    if (status !== 200) return answered({ code: 'some_code', detail: 'Why.' }, status);
    if (path.endsWith('/events')) return answered({ items, nextCursor: null, upTo: '2026-03-01T11:59:45.000Z' });
    if (path.endsWith('/rejections')) return answered({ items: [refusal], nextCursor: null });
    return answered({ ...view, body });
  });
  const wait = async (ms: number) => {
    now += ms;
  };
  const ran = await hooklatch(['events', 'wait', 'orders', ...args], { env, fetch, wait, uptime: () => now, stdin });
  return { ...ran, asked, took: now };
}

const listsOf = ({ asked }: Awaited<ReturnType<typeof run>>) =>
  asked.flatMap(({ path, query }) => (path.endsWith('/events') ? [query] : []));

describe('an event that came', () => {
  test('is printed, with its body', async () => {
    const ran = await run([]);
    expect([ran.code, ran.err]).toEqual([0, '']);
    const lines = ran.out.split('\n');
    expect(lines.slice(0, 2).map((line) => line.split(/ +/))).toEqual([
      ['id', 'evt_1'],
      ['received', receivedAt],
    ]);
    expect(lines.slice(-3)).toEqual(['', '{"id": 7}', '']);
  });

  test('is one line of JSON with --json, with its body as data', async () => {
    const ran = await run(['--json', '--type', 'push', '--match', '{"data": {"id": [7]}}']);
    expect([ran.code, ran.out.split('\n').length]).toEqual([0, 2]);
    expect(ran.json()).toEqual({ ...view, data: { id: 7 } });
  });

  test.each<[string[], string]>([
    // The program had started 400 ms before it could ask.
    [[], '2026-03-01T11:59:59.600Z'],
    [['--since', '5m'], '2026-03-01T11:54:59.600Z'],
    [['--since', '2026-03-01T12:00:00+02:00'], '2026-03-01T10:00:00.000Z'],
  ])('is looked for from the start on, or %j', async (options, from) => {
    expect(listsOf(await run(options)).at(-1)).toEqual({ limit: '200', order: 'desc', from });
  });

  test('is printed without data if its body is nested too deeply to be written', async () => {
    const body = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const ran = await run(['--json'], { body });
    expect([ran.code, ran.json()]).toEqual([0, { ...view, body }]);
  });

  test('is compared with a pattern from stdin', async () => {
    expect(await run(['--match-file', '-'], { stdin: '{"method": ["POST"]}' })).toMatchObject({ code: 0 });
  });
});

describe('when the time is up', () => {
  test('the exit code is 8, and what came instead is told', async () => {
    const ran = await run(['--timeout', '90s', '--match', '{"data": {"id": [8]}}']);
    expect([ran.code, ran.out, ran.took]).toEqual([8, '', 90_400]);
    expect(ran.err.trimEnd().split('\n')).toEqual([
      'The event of orders did not come within 90 s.',
      '1 other event came:',
      `  evt_1 ${receivedAt} push: differs at /data/id: wanted [8], found 7`,
      'To see it: hooklatch events show orders evt_1',
      'In these minutes webhooks were refused. They may be those of another test:',
      '  2026-03-01T12:00 2 × token_unknown: The token is wrong.',
    ]);
    expect(ran.asked.at(-1)?.query).toEqual({ from: '2026-03-01T11:59:00.000Z', limit: '5' });
  });

  test('a script gets it as JSON, after the events that came', async () => {
    const ran = await run(['--timeout', '2500ms', '--count', '2', '--json']);
    expect([ran.code, ran.took]).toEqual([8, 2_900]);
    const [event, end] = ran.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(event.id).toBe('evt_1');
    const failure = { code: 'timed_out', message: 'Only 1 of 2 events of orders came within 2.5 s.' };
    expect(end).toEqual({ ...failure, timedOut: true, found: 1, others: 0, nearMisses: [], rejections: [refusal] });
  });
});

test.each<[string[], string]>([
  [['--match', '{'], '--match must be an event pattern as JSON'],
  [['--match', '{"data": {"id": 7}}'], 'The event pattern at /data/id must be an array'],
  [['--match', '{}', '--match-file', '-'], 'Give one event pattern'],
  [['--type', ''], 'The type is empty.'],
  [['--since', '2026-03-01T12:00:00'], 'or an age such as 5m'],
  [['--since', '25h'], 'at most a day'],
  [['--timeout', 'soon'], 'at most a day'],
  [['--count', '0'], 'at least 1'],
])('%j is refused, and nothing is asked', async (args, text) => {
  const ran = await run(args);
  expect([ran.code, ran.asked]).toEqual([2, []]);
  expect(ran.err).toContain(text);
});

test.each([
  [401, 4],
  [403, 4],
  [404, 3],
  [500, 1],
])('the status %i ends with %i', async (status, code) => {
  expect(await run(['--timeout', '3s'], { status })).toMatchObject({ code, took: status === 500 ? 3_400 : 400 });
});
