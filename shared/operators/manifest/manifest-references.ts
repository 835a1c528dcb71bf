/** All references of a file with their places, and which of them a pipeline lets a file have. Pure. */
import { placedReferences } from './destination-secrets.ts';
import { hiddenSettingsIn, type Manifest } from './manifest.ts';
import type { ManifestFault } from './read-manifest.ts';
import { isValueReference } from './secret-reference.ts';

interface PlacedReference {
  path: readonly PropertyKey[];
  reference: string;
}

/** The references of a file that lead to values. */
export const referencesOfManifest = ({ connections, destinations }: Manifest): PlacedReference[] => [
  ...Object.entries(destinations).flatMap(([name, wanted]) =>
    placedReferences(hiddenSettingsIn(wanted)).map(({ reference, place }) => ({
      path: ['destinations', name, ...place],
      reference,
    })),
  ),
  ...Object.entries(connections).flatMap(([name, { token = '' }]) =>
    isValueReference(token) ? [{ path: ['connections', name, 'token'], reference: token }] : [],
  ),
];

/** Whether a reference is one of those that a pattern stands for. `*` is any text. */
const isLike = (reference: string, pattern: string): boolean =>
  new RegExp(`^${pattern.replace(/[\\^$.|?+()[\]{}]/g, '\\$&').replaceAll('*', '.*')}$`).test(reference);

/** The references that no pattern permits. */
export const refusedReferences = (manifest: Manifest, allowed: readonly string[]): ManifestFault[] =>
  referencesOfManifest(manifest)
    .filter(({ reference }) => !allowed.some((pattern) => isLike(reference, pattern)))
    .map(({ path, reference }) => ({
      path,
      message: `is ${reference}, and only these references may be used: ${allowed.join(', ')}`,
    }));
