/** The file that says that `listen` is ready, for a script that starts it and then causes a webhook. */
import { rmSync } from 'node:fs';
import { replaceFile } from '../../../shared/ground/file/replace-file.ts';
import { UsageError } from '../command-error.ts';

export interface ReadyFile {
  /** Writes it as a whole: who sees it can read it. */
  write(): void;
}

/**
 * Removes what an earlier run left.
 * @throws UsageError if it can't be removed or written
 */
export function readyFile(path: string, ready: object): ReadyFile {
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      throw new UsageError(`${path} can't be written (${(error as NodeJS.ErrnoException).code}).`);
    }
  };
  attempt(() => rmSync(path, { force: true }));
  return { write: () => attempt(() => replaceFile(path, `${JSON.stringify(ready)}\n`)) };
}
