/** Reads the file of `plan` and `apply`, and checks what can be checked without a deployment. */
import type { CheckAnswer } from '../../shared/deliveries/transform/transform.ts';
import type { Manifest } from '../../shared/operators/manifest/manifest.ts';
import { referencesOfManifest, refusedReferences } from '../../shared/operators/manifest/manifest-references.ts';
import type { ReadSecret } from '../../shared/operators/manifest/plan-secrets.ts';
import {
  type CheckManifest,
  ManifestError,
  type ManifestFault,
  readManifest,
} from '../../shared/operators/manifest/read-manifest.ts';
import { FaultyFile, UsageError } from './command-error.ts';
import { readText } from './prompt.ts';
import type { Terminal } from './terminal.ts';

export interface FileChecks {
  /** The references that the file may have, as patterns. Undefined: any. */
  allowReferences?: readonly string[] | undefined;
  /** Reads each reference, to say which of them lead to nothing. Undefined: none is read. */
  readReference?: ReadSecret | undefined;
}

/** The transforms that can't be read. None is evaluated. */
function transformFaults({ connections }: Manifest, check: (expression: string) => CheckAnswer): ManifestFault[] {
  return Object.entries(connections).flatMap(([name, { routes }]) =>
    (routes?.rules ?? []).flatMap(({ transform }, at) => {
      const answer = transform === undefined ? undefined : check(transform);
      if (answer?.kind !== 'error') return [];
      const path = ['connections', name, 'routes', 'rules', at, 'transform'];
      return [
        {
          path,
          message: `is no valid expression: ${answer.message.replace(/\.$/, '')}`,
          position: Math.max(0, (answer.position ?? 0) - 1),
        },
      ];
    }),
  );
}

/** The references that lead to no secret, with their places. No message quotes a value. */
async function missingReferences(manifest: Manifest, read: ReadSecret): Promise<ManifestFault[]> {
  const faults: ManifestFault[] = [];
  for (const { path, reference } of referencesOfManifest(manifest)) {
    try {
      await read(reference);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.push({ path, message: `is missing: ${error.message.replace(/\.$/, '')}` });
    }
  }
  return faults;
}

/** @throws FaultyFile with a line for each fault */
function read(text: string, path: string, check?: CheckManifest): Manifest {
  try {
    return readManifest(text, path, check);
  } catch (error) {
    if (error instanceof ManifestError) throw new FaultyFile(error.message);
    throw error;
  }
}

/**
 * Reads the file, or stdin if the path is `-`.
 * @throws FaultyFile with each mistake and its place, and a UsageError if it can't be read
 */
export async function readManifestFile(
  terminal: Terminal,
  path: string,
  { allowReferences, readReference }: FileChecks = {},
): Promise<Manifest> {
  const text = await readText(terminal, path);
  const shownPath = path === '-' ? 'stdin' : path;
  // Large, and no other command needs it.
  const { checkExpression } = await import('../../shared/deliveries/transform/jsonata-expression.ts');
  const manifest = read(text, shownPath, (file) => [
    ...transformFaults(file, checkExpression),
    ...(allowReferences ? refusedReferences(file, allowReferences) : []),
  ]);
  if (!readReference) return manifest;
  const missing = await missingReferences(manifest, readReference);
  return read(text, shownPath, () => missing);
}
