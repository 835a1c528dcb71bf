/** A connection as operators read it. */
import * as z from 'zod/mini';
import { authInForceSchema, kinds } from './auth.ts';
import { type Connection, told, urlOf } from './connection.ts';
import { allowedActions, isLive, type Role, statuses, statusOf, tokenSchema, verbs } from './endpoint.ts';
import { settingsSchema } from './settings.ts';
import { settingsInForce } from './settings-in-force.ts';

const time = z.iso.datetime();

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
      auth: authInForceSchema,
      /** Of those that were ever used, right to a minute; only where the last use was asked for. */
      tokens: z.array(
        z.object({
          ...tokenSchema.shape,
          /** Only of a previous one that a change of auth left: what it proves a delivery by until its grace ends. */
          kind: z.optional(z.enum(kinds)),
          lastUsedAt: z.optional(time),
        }),
      ),
      allowedActions: allowed,
    }),
  ),
});
export type ConnectionView = z.infer<typeof connectionViewSchema>;

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
      ...settingsInForce({ provider: connection.provider, settings: endpoint.settings }),
      tokens: endpoint.tokens
        .filter((token) => isLive(token, now))
        .map(({ under, ...token }) => (under ? { ...token, kind: under.auth.kind } : token)),
      allowedActions: actions.filter((verb) => verb !== 'edit' && verb !== 'delete'),
    },
  };
}
