import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { replaceFile } from '../../shared/ground/file/replace-file.ts';
import { StartError } from '../start/start-error.ts';

const progressSchema = z.strictObject({
  /** The byte of the bus log at which the next event starts. */
  offset: z.int().min(0),
  /** The number of failed attempts to send that event. */
  attempts: z.int().min(0),
});

/** The progress of forwarding to one URL. */
export type ForwardProgress = z.infer<typeof progressSchema>;

export interface ProgressFile {
  read(key: string): ForwardProgress | undefined;
  /** Throws an error of the file system and keeps the old file. */
  write(key: string, progress: ForwardProgress): void;
}

/** @throws StartError if the file's content is invalid */
export function openForwardProgress(path: string): ProgressFile {
  const all = new Map(Object.entries(readAll(path)));
  return {
    read: (key) => all.get(key),
    write: (key, progress) => {
      all.set(key, progress);
      replaceFile(path, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
    },
  };
}

function readAll(path: string): Record<string, ForwardProgress> {
  try {
    return z.record(z.string(), progressSchema).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return {};
    throw new StartError(`${path} can't be read: remove it to forward starting with the next event`, { cause: error });
  }
}
