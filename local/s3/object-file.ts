import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.strictObject({
  key: z.string(),
  size: z.number(),
  /** The MD5 of the bytes, in quotes. */
  etag: z.string(),
  /** Milliseconds since 1970. */
  lastModified: z.number(),
  /** The headers of the object: its type, its metadata, its checksum. */
  headers: z.record(z.string(), z.string()),
});

/** The metadata of an object. */
export type StoredObject = z.infer<typeof schema>;

/** The maximum length of the first line: a key of 1 KiB and headers of 16 KiB, escaped as JSON. */
const maxHeadBytes = 128 * 1024;

/** The path of an object's file. The hash makes any key a valid file name that can't leave the folder. */
export function objectPath(folder: string, key: string): string {
  return join(folder, `${createHash('sha256').update(key).digest('hex')}.object`);
}

/**
 * Writes an object to a new file next to its final path, flushes it and returns its path, for a rename. The file
 * contains a line of JSON and then the bytes, so one rename replaces metadata and bytes at once.
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

/** Reads an object with its bytes. Throws an Error if the file is damaged. */
export function readObject(path: string): { object: StoredObject; bytes: Buffer } {
  const content = readFileSync(path);
  const { object, start } = parseHead(path, content, content.length);
  return { object, bytes: content.subarray(start) };
}

/**
 * Reads all objects in a folder. Removes incomplete files that a crash left. Throws an Error that names a damaged file.
 */
export function readObjects(folder: string): StoredObject[] {
  const files = readdirSync(folder);
  for (const file of files.filter((name) => name.endsWith('.tmp'))) rmSync(join(folder, file));
  return files.filter((name) => name.endsWith('.object')).map((name) => readHead(join(folder, name)));
}

function readHead(path: string): StoredObject {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(maxHeadBytes);
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
    // The parsers' errors quote the text.
  }
  throw new Error(`The object's file ${path} is damaged. Restore it from a backup, or remove it to lose that object.`);
}
