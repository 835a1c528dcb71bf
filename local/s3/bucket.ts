import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { syncFolder } from '../data-folder/sync-folder.ts';
import { isExpired, type LifecycleRule } from './lifecycle-rule.ts';
import { objectPath, readObject, readObjects, type StoredObject, writeAside } from './object-file.ts';

/** An object to be stored. */
export interface NewObject {
  key: string;
  bytes: Uint8Array;
  headers: Record<string, string>;
  /** An object that is there already is kept. */
  onlyIfAbsent?: boolean;
}

/** The objects of one bucket: their bytes on disk, what else is known of them in memory too. */
export class Bucket {
  readonly #folder: string;
  readonly #rules: readonly LifecycleRule[];
  readonly #objects: Map<string, StoredObject>;

  /** Makes the folder (mode 0700) if it is missing. Throws an Error that names a damaged file. */
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

  /** Stores an object so that a crash leaves the old one or the new one, whole. Nothing if it was to be the first. */
  async put({ key, bytes, headers, onlyIfAbsent }: NewObject, now: Date): Promise<StoredObject | undefined> {
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    const object = { key, size: bytes.length, etag, lastModified: now.getTime(), headers };
    const aside = await writeAside(this.#folder, object, bytes);
    if (onlyIfAbsent && this.#objects.has(key)) {
      rmSync(aside);
      return undefined;
    }
    // Without a pause between them: of two writers, the last one is the last in both.
    renameSync(aside, objectPath(this.#folder, key));
    this.#objects.set(key, object);
    syncFolder(this.#folder);
    return object;
  }

  delete(key: string): void {
    rmSync(objectPath(this.#folder, key), { force: true });
    this.#objects.delete(key);
    syncFolder(this.#folder);
  }

  /** The objects whose keys begin so and come after that key, in the order of their keys' bytes. */
  list({ prefix, after }: { prefix: string; after: string }): StoredObject[] {
    return [...this.#objects.values()]
      .filter(({ key }) => key.startsWith(prefix) && compareKeys(key, after) > 0)
      .sort((left, right) => compareKeys(left.key, right.key));
  }

  /** Deletes what is older than the bucket's lifecycle rules let it be. */
  expire(now: Date): void {
    for (const object of this.#objects.values()) {
      if (isExpired(object, this.#rules, now)) this.delete(object.key);
    }
  }
}

/** UTF-8 sorts by code point, and strings here do not. */
function compareKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
