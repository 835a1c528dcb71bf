import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start/start-error.ts';

/** What the runtime makes in a data folder, with the drafts that a crash leaves. */
const ownNames = /^(assembly|bus\.ndjson|dynamodb|forward\.json(\.tmp)?|lock(\.(stale\.)?\d+)?|s3|secrets)$/;

/** What a file system, a file manager or git leaves in a folder that its user calls empty. */
const leftovers = new Set([
  '.DS_Store',
  '.gitignore',
  '.gitkeep',
  '.localized',
  'Thumbs.db',
  'desktop.ini',
  'lost+found',
]);

/**
 * Keeps the runtime from settling in a folder that is used for something else. Writes nothing.
 * @throws StartError that names one of the files
 */
export function refuseForeignFolder(dataDir: string): void {
  const foreign = namesIn(dataDir).find((name) => !ownNames.test(name) && !leftovers.has(name));
  if (foreign === undefined || holdsTables(dataDir)) return;
  throw new StartError(
    // Quoted, because a name may hold a line break.
    `The data folder ${dataDir} can't be used: it holds ${JSON.stringify(foreign)} and no data of Hooklatch. ` +
      'Choose an empty or a new folder with --data',
  );
}

/** None when the folder is not there, or can't be read: who makes it then says why not. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Every LevelDB has this file. A folder's name alone could be anybody's. */
const holdsTables = (dataDir: string): boolean => existsSync(join(dataDir, 'dynamodb', 'CURRENT'));
