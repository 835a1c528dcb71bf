/** Reads the file of `plan` and `apply`. */
import type { Manifest } from '../../shared/operators/manifest/manifest.ts';
import { ManifestError, readManifest } from '../../shared/operators/manifest/read-manifest.ts';
import { FaultyFile } from './command-error.ts';
import { readText } from './prompt.ts';
import type { Terminal } from './terminal.ts';

/**
 * Reads the file, or stdin if the path is `-`.
 * @throws FaultyFile with each mistake and its place, and a UsageError if it can't be read
 */
export async function readManifestFile(terminal: Terminal, path: string): Promise<Manifest> {
  const text = await readText(terminal, path);
  try {
    return readManifest(text, path === '-' ? 'stdin' : path);
  } catch (error) {
    if (error instanceof ManifestError) throw new FaultyFile(error.message);
    throw error;
  }
}
