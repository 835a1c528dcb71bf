import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hooklatch-demo-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is ours; Node may keep a compile cache in the same place. */
const leftBehind = () => readdirSync(folder).filter((name) => name.startsWith('hooklatch'));

interface Run {
  demo: ChildProcess;
  /** What was written so far. */
  written(): string;
  ended: Promise<number | null>;
}

/** The demo, whose temporary folders are made in ours. */
function aDemo(): Run {
  const demo = spawn(process.execPath, ['demo/main.ts'], { env: { ...process.env, TMPDIR: folder } });
  let text = '';
  for (const stream of [demo.stdout, demo.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { demo, written: () => text, ended: new Promise((resolve) => demo.once('close', resolve)) };
}

test('goes through the whole procedure, shows no token and leaves nothing behind', async () => {
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

test.each([
  ['it synthesizes', 'Synthesizing'],
  ['it runs', 'Ready at'],
])('interrupted while %s it leaves nothing behind either', async (_, sign) => {
  const { demo, written, ended } = aDemo();
  const seen = new Promise<void>((resolve) => {
    demo.stdout?.on('data', () => written().includes(sign) && resolve());
  });
  await Promise.race([seen, ended]);
  demo.kill('SIGINT');
  expect({ code: await ended, written: written() }).toMatchObject({ code: 130 });
  expect(leftBehind()).toEqual([]);
});
