import { readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { openBusLog } from '../../../local/eventbridge/bus-log.ts';
import { temporaryFolder } from '../assembly-fixture.ts';

const restored: (() => void)[] = [];
afterEach(() => {
  for (const restore of restored.splice(0)) restore();
});

/** Makes the next call of a method of all file handles fail, as on a full disk. @param written the bytes that a write leaves */
async function failNext(method: 'truncate' | 'write' | 'datasync', written: number) {
  const any = await open(import.meta.filename);
  const prototype = Object.getPrototypeOf(any);
  await any.close();
  const own = prototype[method];
  const restore = () => {
    prototype[method] = own;
  };
  restored.push(restore);
  prototype[method] = async function (this: FileHandle, bytes: Buffer, offset: number, _: number, position: number) {
    restore();
    if (written > 0) await this.write(bytes, offset, written, position);
    throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  };
}

/** All lines of the log, as a reader gets them. */
async function linesOf(log: Awaited<ReturnType<typeof openBusLog>>): Promise<string[]> {
  const lines: string[] = [];
  for (let found = await log.read(0); found; found = await log.read(found.next)) lines.push(found.line);
  return lines;
}

test.each([
  ['the file could not be cut', 'truncate', 0],
  ['a line and a half were written', 'write', 60],
  ['the disk could not be flushed', 'datasync', 0],
] as const)('if %s, no line is added, and the same log takes the next lines', async (_, method, written) => {
  const path = join(temporaryFolder(), 'bus.ndjson');
  const log = await openBusLog(path);
  await log.append(['one']);
  await failNext(method, written);
  const failed = log.append(['two'.padEnd(40), 'three'.padEnd(40)]);
  // These wait while the write fails, and are not lost with it.
  const waiting = log.append(['four']);
  await expect(failed).rejects.toMatchObject({ code: 'ENOSPC' });
  await waiting;
  await log.append(['five']);
  expect(await linesOf(log)).toEqual(['one', 'four', 'five']);
  await log.close();
  expect(readFileSync(path, 'utf8')).toBe('one\nfour\nfive\n');
});
