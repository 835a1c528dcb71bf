/** A connection: the named link to one third-party application. The connection's record contains the endpoint. */
import * as z from 'zod/mini';
import type { Author } from '../../ground/base/actor.ts';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import type { NewConnection } from './connection-request.ts';
import { endpointSchema } from './endpoint-record.ts';
import { type HistoryEntry, historyEntrySchema } from './history-entry.ts';
import { fileManagerSchema, type ManagedBy, stackManagerSchema } from './managed-by.ts';

/** The fields that the record and the operators' view have in common. */
export const connectionFields = /* @__PURE__ */ schema(() => ({
  /**
   * Immutable and random. Events, rejections and history are stored under it, so a later connection of the same name
   * starts empty.
   */
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  description: z.string(),
  version: z.int(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  updatedBy: z.string(),
  /** Only if a CloudFormation stack or a file manages the connection. */
  managedBy: z.optional(z.union([fileManagerSchema, stackManagerSchema])),
}));

/** The record of the State table. */
export const connectionSchema = /* @__PURE__ */ schema(() =>
  z.object({
    ...connectionFields,
    endpoint: z.nullable(endpointSchema),
    /** The version of the list of rules that route its events. Absent if there are none: see `shared/deliveries/route/`. */
    routes: z.optional(z.string()),
    /** The change that made this version. The change is copied to the history. */
    entry: historyEntrySchema,
  }),
);
export type Connection = z.infer<typeof connectionSchema>;

/** The first record of a connection. */
export function newConnection(
  wanted: Omit<NewConnection, 'managedBy'>,
  id: string,
  { by, now }: Author,
  managedBy?: ManagedBy,
): Connection {
  const at = now.toISOString();
  const entry: HistoryEntry = { verb: 'create', by, at, from: 'unconfigured', to: 'unconfigured' };
  const first = { ...wanted, id, version: 1, createdAt: at, updatedAt: at, updatedBy: by, endpoint: null, entry };
  return managedBy ? { ...first, managedBy } : first;
}

/** The next version of a record. `entry` says who makes the change, and with which verb. */
export function nextVersion(connection: Connection, change: Partial<Connection>, entry: HistoryEntry): Connection {
  return {
    ...connection,
    ...change,
    version: connection.version + 1,
    updatedAt: entry.at,
    updatedBy: entry.by,
    entry,
  };
}

/** The largest record, in bytes of its JSON. A strongly consistent read of up to 4 KB costs one read unit. */
export const maxRecordBytes = 3900;

/**
 * The bare URL of a connection's endpoint. Null if it was never active.
 * @param publicUrl the deployment's public URL without a final slash, never the host of a request
 */
export const urlOf = (connection: Connection, publicUrl: string): string | null =>
  connection.endpoint?.status === 'configured' ? null : futureUrlOf(connection, publicUrl);

/** The URL that a connection's endpoint has from its first activation on. Null without an endpoint. */
export const futureUrlOf = ({ name, endpoint }: Connection, publicUrl: string): string | null =>
  endpoint && `${publicUrl}/hooks/${name}/${endpoint.id}`;
