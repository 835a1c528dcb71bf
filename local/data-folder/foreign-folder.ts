import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StartError } from '../start/start-error.ts';

/** The names of the runtime's own files in a data folder, including drafts that a crash leaves behind. */
const ownNames =
  /^(assembly|bus\.ndjson|custom-resources\.json(\.tmp)?|dynamodb|forward\.json(\.tmp)?|lock(\.(stale\.)?\d+)?|s3|secrets|sqs)$/;

/** Files that a file system, a file manager or git puts into a folder that looks empty to its user. */
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
 * Refuses a data folder that is used for something else. Writes nothing.
 * @throws StartError that names one of the foreign files
 */
export function refuseForeignFolder(dataDir: string): void {
  const foreign = namesIn(dataDir).find((name) => !ownNames.test(name) && !leftovers.has(name));
  if (foreign === undefined || holdsTables(dataDir)) return;
  throw new StartError(
    // Quoted, because a file name may contain a line break.
    `The data folder ${dataDir} can't be used: it contains ${JSON.stringify(foreign)} and no Hooklatch data. ` +
      'Choose an empty or a new folder with --data',
  );
}

/**
 * Refuses a data folder inside another one, and a data folder that contains another one. If a folder is copied to a
 * path that exists, the copy lands inside the old folder, and a start would use the old data. Writes nothing.
 * @throws StartError that names the other data folder
 */
export function refuseNestedFolder(dataDir: string): void {
  const outer = parentsOf(realPathOf(dataDir)).find(holdsTables);
  if (outer !== undefined) {
    throw new StartError(
      `The data folder ${dataDir} can't be used: it is inside the data folder ${outer}. ` +
        'Choose another folder with --data',
    );
  }
  const inner = namesIn(dataDir).find((name) => holdsTables(join(dataDir, name)));
  if (inner === undefined) return;
  throw new StartError(
    `The data folder ${dataDir} contains another data folder, ${JSON.stringify(inner)}: a copy lands there if the folder exists ` +
      `already. To start with the copy, put it in the place of ${dataDir}. To start with ${dataDir} as it is, move the copy elsewhere`,
  );
}

/** Resolves symbolic links in the part of the path that exists. */
function realPathOf(path: string): string {
  if (existsSync(path) || dirname(path) === path) return realpathSync(path);
  return join(realPathOf(dirname(path)), basename(path));
}

const parentsOf = (path: string): string[] =>
  dirname(path) === path ? [] : [dirname(path), ...parentsOf(dirname(path))];

/**
 * Returns no names if the folder is missing or can't be read. The later step that creates or opens the folder reports
 * the reason.
 */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/**
 * Whether a runtime has made tables in this folder. Every LevelDB database has a CURRENT file. A folder called `dynamodb` without this
 * file could belong to another program.
 */
export const holdsTables = (dataDir: string): boolean => existsSync(join(dataDir, 'dynamodb', 'CURRENT'));
