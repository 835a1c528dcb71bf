import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../shared/ground/file/sync-folder.ts';

/** The log of all events that the buses accepted, one line each, in the order of acceptance. */
export interface BusLog {
  /** The number of bytes in all whole lines: the offset of the next line. */
  end(): number;
  /**
   * Adds lines. Resolves when the lines are on the disk. If it rejects, with an error of the file system, no line was
   * added.
   */
  append(lines: readonly string[]): Promise<void>;
  /** The line that starts at this byte, and the offset of the next line. Returns undefined at the end of the log. */
  read(from: number): Promise<{ line: string; next: number } | undefined>;
  /** Whether a line starts at this byte, or the next added line will start there. */
  begins(at: number): Promise<boolean>;
  /** Waits until all added lines are written, then closes the file. */
  close(): Promise<void>;
}

interface Addition {
  text: string;
  resolve(): void;
  reject(error: unknown): void;
}

const chunkBytes = 64 * 1024;
const lineEnd = 0x0a;

/** Opens the file; creates it if it is missing. Cuts off an incomplete last line that a crash left. */
export async function openBusLog(path: string): Promise<BusLog> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  syncFolder(dirname(path));
  const end = await endOfLastLine(file);
  await file.truncate(end);
  const writer = createWriter(file, end);
  return {
    end: writer.end,
    append: writer.append,
    read: (from) => readLine(file, from, writer.end()),
    begins: async (at) => {
      if (at <= 0 || at > writer.end()) return at === 0;
      return (await readBytes(file, at - 1, at))[0] === lineEnd;
    },
    close: async () => {
      await writer.settled();
      await file.close();
    },
  };
}

async function endOfLastLine(file: FileHandle): Promise<number> {
  for (let end = (await file.stat()).size; end > 0; ) {
    const begin = Math.max(0, end - chunkBytes);
    const at = (await readBytes(file, begin, end)).lastIndexOf(lineEnd);
    if (at >= 0) return begin + at + 1;
    end = begin;
  }
  return 0;
}

async function readLine(
  file: FileHandle,
  from: number,
  end: number,
): Promise<{ line: string; next: number } | undefined> {
  const chunks: Buffer[] = [];
  for (let begin = from; begin < end; begin += chunkBytes) {
    const chunk = await readBytes(file, begin, Math.min(end, begin + chunkBytes));
    const at = chunk.indexOf(lineEnd);
    chunks.push(at < 0 ? chunk : chunk.subarray(0, at));
    if (at >= 0) return { line: Buffer.concat(chunks).toString('utf8'), next: begin + at + 1 };
  }
  return undefined;
}

async function readBytes(file: FileHandle, begin: number, end: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(end - begin), 0, end - begin, begin);
  return buffer.subarray(0, bytesRead);
}

/** Writes one group of lines at a time. Lines that are added meanwhile form the next group and share its disk flush. */
function createWriter(file: FileHandle, size: number) {
  let end = size;
  let waiting: Addition[] = [];
  let writing: Promise<void> | undefined;
  const writeGroup = async (group: readonly Addition[]): Promise<void> => {
    const bytes = Buffer.from(group.map(({ text }) => text).join(''));
    try {
      // An earlier failed write may have left bytes after the last whole line. Left-over bytes must not remain in front
      // of the new lines.
      await file.truncate(end);
      await writeBytes(file, bytes, end);
      await file.datasync();
      end += bytes.length;
      for (const addition of group) addition.resolve();
    } catch (error) {
      for (const addition of group) addition.reject(error);
    }
  };
  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await writeGroup(group);
    }
    writing = undefined;
  };
  return {
    end: () => end,
    settled: async () => writing,
    append: (lines: readonly string[]) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ text: lines.map((line) => `${line}\n`).join(''), resolve, reject });
        writing ??= writeAll();
      }),
  };
}

async function writeBytes(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  }
}
