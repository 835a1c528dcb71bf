/** The file in which `listen` keeps how far it is, so that a restart loses no event. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../../shared/ground/base/parse-json.ts';
import { claimFolder, NotPrivate } from '../../../shared/ground/file/private-folder.ts';
import { replaceFile } from '../../../shared/ground/file/replace-file.ts';
import type { ReadPosition } from '../../../shared/operators/wait/read-position.ts';
import { UsageError } from '../command-error.ts';

export interface ListenCursor {
  position: ReadPosition;
  /** The latest time of arrival of an event that was sent. */
  sentUpTo?: string;
  /** The event that is being sent. Its result is not known: the program may have got it. */
  sending?: { id: string; attempts: number };
}

export interface CursorFile {
  path: string;
  read(): ListenCursor | undefined;
  write(cursor: ListenCursor): void;
}

function isCursor(value: unknown): value is ListenCursor {
  const { position } = (value ?? {}) as Partial<ListenCursor>;
  return typeof position?.from === 'string' && typeof position.handled === 'object' && position.handled !== null;
}

/**
 * Saves where a run begins.
 * @throws UsageError if the file can't be written: without it, a restart would lose events
 */
export function saveStart(file: CursorFile, cursor: ListenCursor): void {
  try {
    file.write(cursor);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `${file.path} can't be written (${code}). Make room there, or set XDG_STATE_HOME to another folder.`,
    );
  }
}

/** @throws UsageError if the file is there and can't be used */
function readCursor(path: string): ListenCursor | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new UsageError(`${path} can't be read (${code}).`);
  }
  const cursor = parseJson(text);
  if (isCursor(cursor)) return cursor;
  throw new UsageError(`${path} does not say how far listen was. Remove it to begin with the events from now on.`);
}

/**
 * The file for one connection of one deployment and one program. Its name has nothing of the URLs, which can have secrets.
 * @throws UsageError if its folder can't be made
 */
export function cursorFile(folder: string, key: readonly string[]): CursorFile {
  const digest = createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 24);
  const path = join(folder, `${digest}.json`);
  try {
    claimFolder(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`The folder ${folder} can't be used: ${error instanceof NotPrivate ? message : code}.`);
  }
  return {
    path,
    read: () => readCursor(path),
    write: (cursor) => replaceFile(path, `${JSON.stringify(cursor)}\n`),
  };
}
