/**
 * What of a file is not compared for an operator who is no admin. The API shows the reference of a token, and the digest of hidden settings,
 * to admins alone. For everybody else a plan takes them for what the file says, and tells which these are. Pure.
 */
import { type FileManager, fileManagerOf, type ManagedBy } from '../../endpoints/endpoint/managed-by.ts';
import type { Actual } from './actual.ts';
import { hiddenRef } from './destination-secrets.ts';
import { hiddenSettingsIn, type Manifest } from './manifest.ts';
import { managerOf, type NotCompared } from './plan.ts';

interface Manageable {
  managedBy?: ManagedBy | undefined;
}

/** What is there, as if its reference were this one. */
const assumed = <View extends Manageable>(view: View, manager: FileManager, tokenRef: string | undefined): View => ({
  ...view,
  managedBy: managerOf({ ...manager, tokenRef }),
});

/** What another file manages is refused anyway, so its manager needs no check here. */
export function withoutReferences(manifest: Manifest, actual: Actual): { actual: Actual; notCompared: NotCompared[] } {
  const { name: file } = manifest;
  const [connections, destinations] = [new Map(actual.connections), new Map(actual.destinations)];
  const notCompared: NotCompared[] = [];
  for (const [name, { token }] of Object.entries(manifest.connections)) {
    const found = connections.get(name);
    const manager = found && fileManagerOf(found.view);
    if (!manager) continue;
    connections.set(name, { ...found, view: assumed(found.view, manager, token) });
    notCompared.push({ kind: 'connection', name, fields: ['token'] });
  }
  for (const [name, wanted] of Object.entries(manifest.destinations)) {
    const view = destinations.get(name);
    const manager = view && fileManagerOf(view);
    if (!manager) continue;
    const hidden = hiddenSettingsIn(wanted);
    destinations.set(name, assumed(view, manager, hiddenRef(hidden, file, name)));
    const fields = Object.keys(hidden);
    if (fields.length > 0) notCompared.push({ kind: 'destination', name, fields });
  }
  return { actual: { ...actual, connections, destinations }, notCompared };
}
