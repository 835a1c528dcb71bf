/** A connection: the named link to one third-party application, and the record that everything hangs on. */
import * as z from 'zod/mini';
import {
  type Actor,
  allowedActions,
  type Entry,
  endpointSchema,
  entrySchema,
  isLive,
  type Role,
  settingsOf,
  statuses,
  statusOf,
  tokenSchema,
  verbs,
} from './endpoint.ts';
import { settingsSchema } from './settings.ts';

/** The form of a connection's name; it stays for life. */
export const connectionNameForm = /^[a-z][a-z0-9-]{1,47}$/;

const name = z
  .string()
  .check(
    z.regex(
      connectionNameForm,
      'must be 2 to 48 characters: a letter, then letters, digits and dashes, all lower case',
    ),
  );
const provider = z.enum(['generic']);
const description = z.string().check(z.maxLength(256));
const time = z.iso.datetime();

/** What it takes to open a connection. */
export const newConnectionSchema = z.strictObject({
  name,
  provider: z._default(provider, 'generic'),
  description: z._default(description, ''),
});
export type NewConnection = z.infer<typeof newConnectionSchema>;

/** What can be edited of a connection; its provider only while it is unconfigured. */
export const connectionChangeSchema = z.strictObject({
  provider: z.optional(provider),
  description: z.optional(description),
});
export type ConnectionChange = z.infer<typeof connectionChangeSchema>;

/** What the record and what operators read of it have in common. */
const told = {
  name,
  provider,
  description,
  version: z.int(),
  createdAt: time,
  updatedAt: time,
  updatedBy: z.string(),
};

/** The record of the State table. */
export const connectionSchema = z.object({
  /** Immutable and random: events, rejections and history are kept under it, so that a later connection of the same name starts empty. */
  id: z.string(),
  ...told,
  endpoint: z.nullable(endpointSchema),
  /** What made this version; the history is copied from here. */
  entry: entrySchema,
});
export type Connection = z.infer<typeof connectionSchema>;

/** The first record of a connection. */
export function openedConnection(wanted: NewConnection, id: string, { by, now }: Actor): Connection {
  const at = now.toISOString();
  const entry: Entry = { verb: 'create', by, at, from: 'unconfigured', to: 'unconfigured' };
  return { ...wanted, id, version: 1, createdAt: at, updatedAt: at, updatedBy: by, endpoint: null, entry };
}

/** The next version of a record, made by whom and what its entry says. */
export function nextVersion(connection: Connection, change: Partial<Connection>, entry: Entry): Connection {
  return {
    ...connection,
    ...change,
    version: connection.version + 1,
    updatedAt: entry.at,
    updatedBy: entry.by,
    entry,
  };
}

/** The largest record, in bytes of its JSON: a strongly consistent read of up to 4 KB is one read unit. */
export const maxRecordBytes = 3900;

const allowed = z.array(z.enum(verbs));

/** A connection as operators read it. Being a schema for the way out, it lets nothing through that it does not name. */
export const connectionViewSchema = z.object({
  ...told,
  status: z.enum(statuses),
  allowedActions: allowed,
  endpoint: z.nullable(
    z.object({
      id: z.string(),
      status: z.enum(statuses),
      held: z.boolean(),
      /** Only while it is held. */
      heldSince: z.optional(time),
      url: z.nullable(z.url()),
      ...settingsSchema.shape,
      /** Of those that were ever used, right to a minute; only where the last use was asked for. */
      tokens: z.array(z.object({ ...tokenSchema.shape, lastUsedAt: z.optional(time) })),
      allowedActions: allowed,
    }),
  ),
});
export type ConnectionView = z.infer<typeof connectionViewSchema>;

/**
 * The bare URL of a connection's endpoint, or null while it was never active.
 * @param publicUrl the deployment's own, without a slash at its end; never a request's host
 */
export function urlOf({ name, endpoint }: Connection, publicUrl: string): string | null {
  if (!endpoint || endpoint.status === 'configured') return null;
  return `${publicUrl}/hooks/${name}/${endpoint.id}`;
}

/** What an operator of this role reads of a connection now. */
export function viewOf(connection: Connection, role: Role, publicUrl: string, now: Date): ConnectionView {
  const { endpoint } = connection;
  const actions = allowedActions(endpoint, role, now);
  return {
    ...connection,
    status: statusOf(endpoint),
    allowedActions: actions,
    endpoint: endpoint && {
      id: endpoint.id,
      status: endpoint.status,
      held: endpoint.hold !== undefined,
      ...(endpoint.hold ? { heldSince: endpoint.hold.since } : {}),
      url: urlOf(connection, publicUrl),
      ...settingsOf(endpoint),
      tokens: endpoint.tokens.filter((token) => isLive(token, now)),
      allowedActions: actions.filter((verb) => verb !== 'edit' && verb !== 'delete'),
    },
  };
}
