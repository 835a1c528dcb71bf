/** A connection as operators read it. */
import * as z from 'zod/mini';
import { timeSchema } from '../base/time.ts';
import { authInForceSchema, authKinds } from '../settings/auth.ts';
import { settingsSchema } from '../settings/settings.ts';
import { type Connection, connectionFields, urlOf } from './connection.ts';
import { type Endpoint, isLive, tokenSchema } from './endpoint-record.ts';
import { isWindowOpen } from './handshake-window.ts';
import { allowedActions, type Role, statuses, statusOf, verbs } from './lifecycle.ts';
import { settingsInForce } from './settings-in-force.ts';

const allowedActionsSchema = z.array(z.enum(verbs));

/** A connection as operators read it. Being a schema for the way out, it lets nothing through that it does not name. */
export const connectionViewSchema = z.object({
  ...connectionFields,
  status: z.enum(statuses),
  allowedActions: allowedActionsSchema,
  /** What the last verb changed, or left as it was, beside what it was asked for. */
  note: z.optional(z.string()),
  endpoint: z.nullable(
    z.object({
      id: z.string(),
      status: z.enum(statuses),
      held: z.boolean(),
      /** Only while it is held. */
      heldSince: z.optional(timeSchema),
      /** How many events are held, and whether that is all of them or a lower bound; only where one connection is read. */
      heldCount: z.optional(z.int()),
      heldCountComplete: z.optional(z.boolean()),
      url: z.nullable(z.url()),
      ...settingsSchema.shape,
      auth: authInForceSchema,
      /** `lastUsedAt` is right to a minute, and absent from a token that was never used; lists have it only with `include=stats`. */
      tokens: z.array(
        z.object({
          ...tokenSchema.shape,
          /** Only of a previous one that a change of auth left: what it proves a delivery by until its grace ends. */
          kind: z.optional(z.enum(authKinds)),
          lastUsedAt: z.optional(timeSchema),
        }),
      ),
      /** Only if there is something to tell of the sender's handshake. */
      handshake: z.optional(
        z.object({
          /** What the sender's form asks for besides, if it does. */
          verifyToken: z.optional(z.string()),
          /** Until when the sender may deliver its secret; only while it may. */
          openUntil: z.optional(timeSchema),
          /** A secret that waits to be confirmed: when it came, and from where. */
          delivered: z.optional(z.object({ at: timeSchema, sourceIp: z.string() })),
          /** How many handshakes were answered at least, and when the last one was; lists have it only with `include=stats`. */
          count: z.optional(z.int()),
          lastAt: z.optional(timeSchema),
        }),
      ),
      allowedActions: allowedActionsSchema,
    }),
  ),
});
export type ConnectionView = z.infer<typeof connectionViewSchema>;

/** What is told of an endpoint's handshake; undefined where there is nothing. */
function handshakeOf({ handshake: { verifyToken, window, delivered } = {} }: Endpoint, now: Date) {
  const told = {
    ...(verifyToken && { verifyToken }),
    ...(window && isWindowOpen(window, now) && { openUntil: window.until }),
    ...(delivered && { delivered: { at: delivered.at, sourceIp: delivered.sourceIp } }),
  };
  return Object.keys(told).length === 0 ? undefined : told;
}

/** The note of a record, which follows from what made its present version. */
function noteOf({ endpoint, entry: { verb, from, step } }: Connection): string | undefined {
  if (!endpoint || endpoint.status === 'active' || step !== undefined) return undefined;
  if (verb === 'removeToken' && from === 'active')
    return 'Without a token the endpoint became inactive and refuses every webhook. Generate or adopt a token, then activate it: the URL stays the same.';
  if (verb !== 'generateToken') return undefined;
  return endpoint.status === 'configured'
    ? 'The endpoint has no URL yet. Activate it, and the URL appears.'
    : 'The endpoint stays inactive and refuses every webhook until you activate it.';
}

/** What an operator of this role reads of a connection now. */
export function connectionViewOf(connection: Connection, role: Role, publicUrl: string, now: Date): ConnectionView {
  const { endpoint } = connection;
  const actions = allowedActions(endpoint, role, now);
  const handshake = endpoint && handshakeOf(endpoint, now);
  const note = noteOf(connection);
  return {
    ...connection,
    status: statusOf(endpoint),
    allowedActions: actions,
    ...(note ? { note } : {}),
    endpoint: endpoint && {
      id: endpoint.id,
      status: endpoint.status,
      held: endpoint.hold !== undefined,
      ...(endpoint.hold ? { heldSince: endpoint.hold.since } : {}),
      url: urlOf(connection, publicUrl),
      ...settingsInForce({ provider: connection.provider, settings: endpoint.settings }),
      tokens: endpoint.tokens
        .filter((token) => isLive(token, now))
        .map(({ under, holds: _, ...token }) => (under ? { ...token, kind: under.auth.kind } : token)),
      ...(handshake ? { handshake } : {}),
      allowedActions: actions.filter((verb) => verb !== 'edit' && verb !== 'delete'),
    },
  };
}
