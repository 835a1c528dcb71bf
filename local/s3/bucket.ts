import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { syncFolder } from '../../shared/ground/file/sync-folder.ts';
import { isExpired, type LifecycleRule } from './lifecycle-rule.ts';
import { objectPath, readObject, readObjects, type StoredObject, writeAside } from './object-file.ts';

/** An object to store. */
export interface NewObject {
  key: string;
  bytes: Uint8Array;
  headers: Record<string, string>;
  /** Keeps an existing object. */
  onlyIfAbsent?: boolean;
}

/** The objects of one bucket. Their bytes are on disk; their metadata is in memory too. */
export class Bucket {
  readonly #folder: string;
  readonly #rules: readonly LifecycleRule[];
  readonly #objects: Map<string, StoredObject>;

  /** Creates the folder (mode 0700) if it is missing. Throws an Error that names a damaged file. */
  constructor(folder: string, rules: readonly LifecycleRule[]) {
    this.#folder = folder;
    this.#rules = rules;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#objects = new Map(readObjects(folder).map((object) => [object.key, object]));
  }

  find(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  /** Throws an Error if the file is missing or damaged. */
  read(key: string): Buffer {
    return readObject(objectPath(this.#folder, key)).bytes;
  }

  /**
   * Stores an object. After a crash, either the old or the new object is there, whole. Returns undefined if
   * `onlyIfAbsent` is set and the object exists.
   */
  async put({ key, bytes, headers, onlyIfAbsent }: NewObject, now: Date): Promise<StoredObject | undefined> {
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    const object = { key, size: bytes.length, etag, lastModified: now.getTime(), headers };
    const aside = await writeAside(this.#folder, object, bytes);
    if (onlyIfAbsent && this.#objects.has(key)) {
      rmSync(aside);
      return undefined;
    }
    // Nothing runs between these two lines, so the last of two writers wins both on disk and in memory.
    moveInPlace(aside, objectPath(this.#folder, key));
    this.#objects.set(key, object);
    syncFolder(this.#folder);
    return object;
  }

  delete(key: string): void {
    rmSync(objectPath(this.#folder, key), { force: true });
    this.#objects.delete(key);
    syncFolder(this.#folder);
  }

  /** The objects whose keys start with `prefix` and come after `after`, sorted by the bytes of their keys. */
  list({ prefix, after }: { prefix: string; after: string }): StoredObject[] {
    return [...this.#objects.values()]
      .filter(({ key }) => key.startsWith(prefix) && compareKeys(key, after) > 0)
      .sort((left, right) => compareKeys(left.key, right.key));
  }

  /** Deletes the objects that have expired by the bucket's lifecycle rules. */
  expire(now: Date): void {
    for (const object of this.#objects.values()) {
      if (isExpired(object, this.#rules, now)) this.delete(object.key);
    }
  }
}

/** Renames a file. If that fails, neither name has the new bytes. */
function moveInPlace(aside: string, path: string): void {
  try {
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}

/** S3 sorts by UTF-8, that is by code point. JavaScript's strings sort differently. */
function compareKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
