import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../shared/ground/file/replace-file.ts';
import { StartError } from '../start/start-error.ts';
import { noResources, type StackState, stackStateSchema } from './stack-state.ts';

const fileSchema = z.record(z.string(), stackStateSchema);

/** The custom resources of one stack, in a data folder. */
export interface StateFile {
  read(): StackState;
  /** Returns once the state is on the disk. */
  write(state: StackState): void;
}

export function stateFile(dataDir: string, stackName: string): StateFile {
  const path = join(dataDir, 'custom-resources.json');
  return {
    read: () => readStacks(path)[stackName] ?? noResources,
    write: (state) => replaceFile(path, JSON.stringify({ ...readStacks(path), [stackName]: state })),
  };
}

/** @throws StartError if the file is damaged. The error quotes nothing of it. */
function readStacks(path: string): z.infer<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    const problem = typeof code === 'string' ? code : 'it is damaged';
    throw new StartError(`${path} can't be read (${problem}): restore it from a backup of the data folder`);
  }
}
