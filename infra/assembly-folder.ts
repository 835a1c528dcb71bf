import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { claimFolder } from '../shared/base/private-folder.ts';

/**
 * Takes the folder of the assembly for this user alone, before anything is written to it. What is in it is deployed, or run,
 * with all rights of the functions.
 * @throws Error that names the folder when others could change what is in it
 */
export function claimOutdir(folder: string): void {
  try {
    claimFolder(folder);
  } catch (error) {
    throw new Error(`${folder} can't hold the assembly: ${(error as Error).message}. Remove it first.`, {
      cause: error,
    });
  }
  removeStaged(folder);
}

/** Removes the code of earlier runs. CDK takes code that bears the right name for the right code, whoever wrote it. */
function removeStaged(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (/^(asset\.|bundling-temp-)/.test(name)) rmSync(join(folder, name), { recursive: true });
  }
}
