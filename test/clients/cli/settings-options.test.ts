/** Settings are checked before anything is made for them. */
import { expect, test } from '@jest/globals';
import { aConnection, aDeployment, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const commands = [['up'], ['endpoint', 'configure'], ['endpoint', 'update']];

test.each([
  [
    'an address',
    ['--allow-from', '10.0.0.0/8', '--allow-from', 'localhost'],
    undefined,
    /^--allow-from must be .*address/,
  ],
  ['a method', ['--method', 'POSTT'], undefined, /^--method must be one of .*; did you mean "POST"\?/],
  ['a number of days', ['--retention-days', '366'], undefined, /^--retention-days must be at most 365\./],
  ['a header', ['--dedupe-header', 'x id'], undefined, /^--dedupe-header must be .*header/],
  [
    'a mistyped setting of the file',
    [],
    '{"retentiondays": 5}',
    /^The file has no field "retentiondays"; did you mean "retentionDays"\?/,
  ],
  [
    'a mistyped name inside a setting',
    [],
    '{"dedupe": {"bye": "content"}}',
    /^dedupe\.by must be one of .*; did you mean it by "bye"\?/,
  ],
  [
    'a setting that is said twice',
    ['--retention-days', '5'],
    '{"retentionDays": 5}',
    /^retentionDays is in the file, and --retention-days says it too/,
  ],
])('%s that can’t be right is refused before a request', async (_, options, stdin, message) => {
  for (const words of commands) {
    const { asked, fetch } = aDeployment(() => answered(aConnection()));
    const args = [...words, 'orders', ...options, ...(stdin === undefined ? [] : ['--file', '-'])];
    const { code, err } = await hooklatch(args, { env, fetch, ...(stdin !== undefined && { stdin }) });
    expect([code, asked]).toEqual([2, []]);
    expect(err.replace(/^error: /i, '')).toMatch(message);
  }
});

test('an option joins the settings of the file', async () => {
  const { asked, fetch } = aDeployment(() => answered(aConnection()));
  const args = ['endpoint', 'configure', 'orders', '--file', '-', '--retention-days', '5'];
  expect((await hooklatch(args, { env, fetch, stdin: '{"answer": {"status": 204}}' })).code).toBe(0);
  expect(asked.map(({ body }) => body)).toContainEqual({ answer: { status: 204 }, retentionDays: 5 });
});

test('an update without a setting says how to name one', async () => {
  const { asked, fetch } = aDeployment(() => answered(aConnection()));
  const { code, err } = await hooklatch(['endpoint', 'update', 'orders'], { env, fetch });
  expect([code, asked]).toEqual([2, []]);
  expect(err).toContain('Say what to change: --file, or an option of a setting.');
});
