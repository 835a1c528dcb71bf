import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { claimFolder, NotPrivate } from '../../shared/ground/file/private-folder.ts';
import { SettingError } from './setting-error.ts';

/**
 * Keeps all other users out of the folder that `cdk --output` names. Call it before anything is written there: the code in this
 * folder is deployed or run with all rights of the functions.
 * @throws SettingError if other users could change the folder's content
 */
export function claimOutputFolder(folder: string): void {
  try {
    claimFolder(folder);
  } catch (error) {
    if (!(error instanceof NotPrivate)) throw error;
    throw new SettingError(
      `${folder} can't be used for the synthesized app: ${error.message}. Remove it, or name another folder with --output.`,
      { cause: error },
    );
  }
  removeStagedCode(folder);
}

/** Removes the code of earlier runs. CDK reuses code that has the right name, whoever wrote it. */
function removeStagedCode(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (/^(asset\.|bundling-temp-)/.test(name)) rmSync(join(folder, name), { recursive: true });
  }
}
