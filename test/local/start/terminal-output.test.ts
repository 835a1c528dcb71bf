/** What `npm start` prints can't control the terminal, whoever chose it. */
import { globSync, readFileSync } from 'node:fs';
import { afterEach, expect, jest, test } from '@jest/globals';
import { envelopeLine, summarizeEvent } from '../../../local/eventbridge/event-envelope.ts';
import { logLine } from '../../../local/lambda/lambda-log.ts';
import { print, printError } from '../../../local/start/terminal-output.ts';
import { filled } from '../../support/filled.ts';

const hostile = 'x\u001b[2J\u009b31m\u202ey\u2066\u200f\u2028\u007f\rz';
const shown = 'x\\u001b[2J\\u009b31m\\u202ey\\u2066\\u200f\\u2028\\u007f\\u000dz';

afterEach(() => void jest.restoreAllMocks());

/** What is printed to stdout and stderr. */
function printed(act: () => void): unknown[] {
  const lines: unknown[] = [];
  for (const name of ['log', 'error'] as const) {
    jest.spyOn(console, name).mockImplementation((...values) => void lines.push(...values));
  }
  act();
  return lines;
}

test('a line of a sender is escaped, and line breaks stay', () => {
  expect(printed(() => print(`${hostile}\n${hostile}`))).toEqual([`${shown}\n${shown}`]);
});

test('an error is escaped: a message, and a bug with its stack', () => {
  const [message, bug] = printed(() => [printError(`--port ${hostile}`), printError(new Error(hostile))]);
  expect(message).toBe(`--port ${shown}`);
  expect(bug).toMatch(/^Error: x\\u001b\[2J\\u009b31m[^\u202e\u200f]*\n +at /);
});

test('a line of a function’s log stays JSON', () => {
  const line = logLine('INFO', undefined, [{ userAgent: hostile }], new Date('2026-03-01T12:00:00Z'));
  const [text] = printed(() => print(line));
  expect(text).toContain('\\u009b31m\\u202ey');
  expect(JSON.parse(String(text))).toMatchObject({ message: { userAgent: hostile } });
});

test('the summary of an event of the bus has the type in one line', () => {
  const event = {
    id: 'id',
    source: 'hooklatch.a',
    detailType: `${hostile}\n`,
    time: new Date(0),
    resources: [],
    detail: '{}',
  };
  const line = envelopeLine({ region: 'local', accountId: '000000000000' }, event);
  expect(summarizeEvent(line)).toBe(
    `1970-01-01T00:00:00Z  bus  hooklatch.a  ${shown}\\u000a  id  ${Buffer.byteLength(line)} bytes`,
  );
});

test('nothing else of the local runtime prints', () => {
  const files = filled(globSync('local/**/*.ts'));
  const prints = /^(?! *(?:\/?\*|\/\/)).*(?:console\.(?:log|error|warn|info|debug)\b|process\.std(?:out|err)\.write)/m;
  expect(files.filter((file) => prints.test(readFileSync(file, 'utf8')))).toEqual(['local/start/terminal-output.ts']);
});
