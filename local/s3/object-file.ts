import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.strictObject({
  key: z.string(),
  size: z.number(),
  /** MD5 of the bytes, in quotes. */
  etag: z.string(),
  /** Milliseconds since 1970. */
  lastModified: z.number(),
  /** What is given back with the object: its type, its metadata, its checksum. */
  headers: z.record(z.string(), z.string()),
});

/** What is known of an object besides its bytes. */
export type StoredObject = z.infer<typeof schema>;

/** The longest first line: a key of 1 KiB and 16 KiB of headers, escaped as JSON. */
const longestHead = 128 * 1024;

/** Any key has a file's name that no file system refuses, and that leads nowhere else. */
export function objectPath(folder: string, key: string): string {
  return join(folder, `${createHash('sha256').update(key).digest('hex')}.object`);
}

/**
 * Writes an object to a new file beside its own place, down to the disk, and returns the path, to be renamed. One file
 * holds both, a line of JSON and then the bytes, so that one rename replaces both at once.
 */
export async function writeAside(folder: string, object: StoredObject, bytes: Uint8Array): Promise<string> {
  const path = `${objectPath(folder, object.key)}.${randomUUID()}.tmp`;
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(object)}\n`);
    await file.writeFile(bytes);
    await file.sync();
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return path;
}

/** An object with its bytes. Throws an Error if the file is damaged. */
export function readObject(path: string): { object: StoredObject; bytes: Buffer } {
  const content = readFileSync(path);
  const { object, start } = parseHead(path, content, content.length);
  return { object, bytes: content.subarray(start) };
}

/** All objects in a folder, which is cleared of what a crash left half written. Throws an Error that names a damaged file. */
export function readObjects(folder: string): StoredObject[] {
  const files = readdirSync(folder);
  for (const file of files.filter((name) => name.endsWith('.tmp'))) rmSync(join(folder, file));
  return files.filter((name) => name.endsWith('.object')).map((name) => readHead(join(folder, name)));
}

function readHead(path: string): StoredObject {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(longestHead);
    const length = readSync(file, head);
    return parseHead(path, head.subarray(0, length), fstatSync(file).size).object;
  } finally {
    closeSync(file);
  }
}

function parseHead(path: string, content: Buffer, fileSize: number): { object: StoredObject; start: number } {
  const start = content.indexOf('\n') + 1;
  try {
    const object = schema.parse(JSON.parse(content.toString('utf8', 0, start)));
    if (start + object.size === fileSize) return { object, start };
  } catch {
    // The parsers quote what they read.
  }
  throw new Error(`The object's file ${path} is damaged. Restore it from a backup, or remove it to lose that object.`);
}
