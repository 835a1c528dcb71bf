import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { every } from '../../support/full-counts.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hooklatch-demo-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Only Hooklatch's files: Node may keep a compile cache in the same folder. */
const leftBehind = () => readdirSync(folder).filter((name) => name.startsWith('hooklatch'));

interface Run {
  demo: ChildProcess;
  /** The output so far. */
  written(): string;
  ended: Promise<number | null>;
}

/** Starts the demo with the test's folder as its temporary folder. */
function aDemo(...flags: string[]): Run {
  const demo = spawn(process.execPath, ['tools/demo/main.ts', ...flags], { env: { ...process.env, TMPDIR: folder } });
  let text = '';
  for (const stream of [demo.stdout, demo.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { demo, written: () => text, ended: new Promise((resolve) => demo.once('close', resolve)) };
}

test('the demo completes the procedure, shows no token and leaves no file', async () => {
  const { written, ended } = aDemo();
  const code = await ended;
  expect({ code, end: written().trimEnd().split('\n').at(-1) }).toMatchObject({
    code: 0,
    end: expect.stringContaining('Every answer was as expected'),
  });
  const lines = written().split('\n');
  expect(lines.filter((line) => /hl[eo]_[0-9A-Za-z]{49}/.test(line))).toEqual([]);
  expect(lines.filter((line) => /hl[eo]_[0-9A-Za-z]/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(written()).not.toContain('\u001b');
  expect(leftBehind()).toEqual([]);
});

test('the demo prints one line if the given port is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const busy = aDemo('--port', String(port));
  expect(await busy.ended).toBe(1);
  other.close();
  expect(busy.written()).toContain(
    `\nPort ${port} is taken by another program. Choose another: npm run demo -- --port 4000\n`,
  );
});

const wrong: [string[], string][] = [
  [['--port', 'abc'], '--port must be a number from 0 to 65535, not abc'],
  [['--prot', '1'], "Unknown option '--prot' (--help shows the options)"],
];

test.each(every(4, wrong))('the demo refuses the flags %j in one line', async (flags, line) => {
  const { written, ended } = aDemo(...flags);
  expect([await ended, written()]).toEqual([1, `\n${line}\n`]);
});

const moments = [
  ['runs', 'Ready at'],
  ['synthesizes', 'Synthesizing'],
] as const;

test.each(every(3, moments))('the demo leaves no file if it is interrupted while it %s', async (_, sign) => {
  const { demo, written, ended } = aDemo();
  const seen = new Promise<void>((resolve) => {
    demo.stdout?.on('data', () => written().includes(sign) && resolve());
  });
  await Promise.race([seen, ended]);
  // Again and again: also while it removes the folder, and while Node takes the process down.
  const again = setInterval(() => demo.kill('SIGINT'), 1);
  const code = await ended.finally(() => clearInterval(again));
  expect({ code, written: written() }).toMatchObject({ code: 130 });
  expect(leftBehind()).toEqual([]);
});
