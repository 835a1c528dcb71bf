import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is opened: a database of LevelDB. */
export interface Database {
  open(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database in a folder. Throws an Error that says what to do if another process has it open, it can't be read, or
 * its last writes are damaged.
 */
export async function openDatabase(database: Database, folder: string): Promise<void> {
  try {
    await database.open();
  } catch (error) {
    const { code = 'unknown', message = '' } = (error as { cause?: { code?: string; message?: string } }).cause ?? {};
    // Opening the store writes to the disk: LevelDB first moves its write-ahead log into a table.
    throw /No space left/.test(message) ? diskFull(folder) : cannotOpen(folder, code);
  }
  const lost = droppedBytes(folder);
  if (lost > 0) {
    await database.close();
    throw new Error(
      `The last writes in the data folder ${folder} were damaged: ${lost} bytes are lost. If the machine lost power, these  ` +
        'writes had not been acknowledged; otherwise check its disk. Restore a backup, or start again to continue without them.',
    );
  }
}

/** The error about a folder whose database can't be read. */
export function cannotOpen(folder: string, code: string): Error {
  if (code === 'LEVEL_LOCKED') {
    return new Error(
      `The data folder ${folder} is in use by another process: stop that process, or choose another folder.`,
    );
  }
  return new Error(
    `The data folder ${folder} can't be read (${code}): its files are damaged, or not Hooklatch's. ` +
      'Restore it from a backup, or move it away to start with an empty one.',
  );
}

/**
 * The number of bytes that LevelDB dropped from its write-ahead log when the store was last opened. LevelDB opens in
 * spite of such a loss and reports it only in its LOG file.
 */
function droppedBytes(folder: string): number {
  const log = readFileSync(join(folder, 'LOG'), 'utf8');
  return [...log.matchAll(/: dropping (\d+) bytes; /g)].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
}

function diskFull(folder: string): Error {
  return new Error(`The disk of the data folder ${folder} is full: free at least 10 MB, then start again.`);
}
