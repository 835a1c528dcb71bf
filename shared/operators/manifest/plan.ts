/** The parts of a plan: what differs, and the steps that make it equal. */

import { type FileManager, fileManagerOf, type ManagedBy } from '../../endpoints/endpoint/managed-by.ts';
import type { SettingsChange } from '../../endpoints/settings/settings.ts';
import type { ApiBody } from '../api/api-client.ts';
import type { HiddenSettings } from './destination-secrets.ts';

/** A field that is not as the file says. No value is a secret, or could be one: of a secret it is the reference, of a URL the origin. */
export interface Difference {
  /** A path, such as `retentionDays`, `headers.x-key` or `routes.rules.paid.when`. */
  field: string;
  /** What is there. Absent if nothing is there, or as `before` says. */
  from?: unknown;
  /** Why what is there is not shown: it could be a secret, or the record does not know it. */
  before?: 'hidden' | 'unknown';
  /** What the file says. Absent if it says nothing any more, or if it is not shown. */
  to?: unknown;
  /** Whether it may be so already: of texts that are not shown, it is known only that one of them is another. */
  maybe?: true;
  /** Whether the file says more than is shown, because that could be a secret. */
  hidden?: true;
}

/** A request, or the few requests, that a plan makes about a connection, in the order in which they are made. */
export type ConnectionStep =
  | { verb: 'create'; provider: string; description: string; managedBy: FileManager }
  /** Says who manages it: the file takes it over, notes another reference, or leaves it to operators. */
  | { verb: 'manage'; managedBy: FileManager | null }
  | { verb: 'edit'; description: string }
  /** With a reference, a new auth comes together with its value. */
  | { verb: 'configure'; settings: SettingsChange; reference?: string; managedBy?: FileManager }
  | { verb: 'createToken' | 'replaceToken'; reference: string; managedBy: FileManager }
  | { verb: 'setRoutes'; routes: ApiBody<'PUT /v1/connections/{name}/routes'> }
  | { verb: 'activate' | 'deactivate'; managedBy: FileManager }
  | { verb: 'release' | 'removeToken' | 'deconfigure' | 'delete' };

/** A step about a destination. */
export type DestinationStep =
  | { verb: 'create'; settings: object; hidden: HiddenSettings; managedBy: FileManager }
  | { verb: 'manage'; managedBy: FileManager | null }
  | { verb: 'edit'; settings: object; hidden: HiddenSettings; managedBy?: FileManager }
  | { verb: 'replaceSigningSecret'; reference: string }
  | { verb: 'delete' };

/** What happens to a connection or destination. */
export type Action = 'create' | 'adopt' | 'change' | 'open' | 'detach' | 'delete';

interface ItemOf<Kind extends string, Step> {
  kind: Kind;
  name: string;
  action: Action;
  differences: Difference[];
  /** The version that was read. Absent if it was not there. */
  version?: number;
  steps: Step[];
}
export type ConnectionItem = ItemOf<'connection', ConnectionStep>;
export type DestinationItem = ItemOf<'destination', DestinationStep>;
export type PlanItem = ConnectionItem | DestinationItem;

/**
 * What stays as an operator left it, although the file says otherwise. This is no difference. `unreleased`: the file names it no longer, and
 * the events that an operator holds would be lost.
 */
export interface Kept {
  kind: 'connection';
  name: string;
  why: 'deactivated' | 'deconfigured' | 'held' | 'unreleased';
}

/** What the file made or adopted, and names no longer. It stays without `prune`. */
export interface Left {
  kind: 'connection' | 'destination';
  name: string;
}

/** What was not compared, because only an admin may see whether it is as the file says. */
export interface NotCompared {
  kind: 'connection' | 'destination';
  name: string;
  fields: string[];
}

export interface Plan {
  /** In the order in which they are worked on. */
  items: PlanItem[];
  kept: Kept[];
  left: Left[];
  notCompared: NotCompared[];
}

/** Why nothing is done: the sentences, one for each connection or destination. */
export interface Refused {
  refused: string[];
}

export interface PlanOptions {
  /** Delete what the file made, and detach what it adopted, if it names them no longer. */
  prune: boolean;
  /** Open what operators deactivated, deconfigured or held. */
  reopen: boolean;
}

/** The manager without the fields that are undefined, as the API takes it. */
export const managerOf = (
  manager: Pick<FileManager, 'kind' | 'name'> & { [Name in keyof FileManager]?: FileManager[Name] | undefined },
): FileManager => Object.fromEntries(Object.entries(manager).filter(([, value]) => value !== undefined)) as FileManager;

/** Why the file may not have what it names; undefined if it may. */
export function whyNotOurs(
  kind: 'connection' | 'destination',
  { name, managedBy }: { name: string; managedBy?: ManagedBy | undefined },
  file: string,
  adopt: boolean,
): string | undefined {
  if (managedBy?.kind === 'file')
    return managedBy.name === file
      ? undefined
      : `The ${kind} ${name} is managed by another file, ${managedBy.name}: leave it out of one of them, or detach it and add adopt: true.`;
  if (managedBy)
    return `The ${kind} ${name} is managed by the stack ${managedBy.stackId}: leave it out of the file, or remove it from the stack.`;
  return adopt
    ? undefined
    : `The ${kind} ${name} exists already, and this file did not make it. To take it over, add adopt: true to it. Or choose another name.`;
}

/** The item of what the file names no longer: what it made is deleted, what it adopted is detached. */
export function removalOf<Kind extends string, Step>(
  kind: Kind,
  view: { name: string; version: number; managedBy?: ManagedBy | undefined },
  deletion: Step[],
): ItemOf<Kind, Step | { verb: 'manage'; managedBy: null }> {
  const item = { kind, name: view.name, differences: [], version: view.version };
  return fileManagerOf(view)?.adopted
    ? { ...item, action: 'detach', steps: [{ verb: 'manage', managedBy: null }] }
    : { ...item, action: 'delete', steps: deletion };
}
