/** A connection as operators read it. */
import * as z from 'zod/mini';
import type { Role } from '../../ground/base/actor.ts';
import { said } from '../../ground/base/advice.ts';
import { type Advice, factsSchema } from '../../ground/base/advice-schema.ts';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { authInForceSchema, authKinds } from '../settings/auth.ts';
import { settingsSchema } from '../settings/settings.ts';
import { type Connection, connectionFields, urlOf } from './connection.ts';
import { type Endpoint, isLiveToken, tokenSchema } from './endpoint-record.ts';
import { isWindowOpen } from './handshake-window.ts';
import { allowedActions, statuses, statusOf, verbs } from './lifecycle.ts';
import { managerShown } from './managed-by.ts';
import { settingsInForce } from './settings-in-force.ts';

const allowedActionsSchema = /* @__PURE__ */ schema(() => z.array(z.enum(verbs)));

/** The answer's schema. The schema drops every field that it does not name, so a secret can't leak. */
export const connectionViewSchema = /* @__PURE__ */ schema(() =>
  z.object({
    ...connectionFields,
    status: z.enum(statuses),
    allowedActions: allowedActionsSchema,
    /** A note about the last verb: its side effects, or what it left unchanged. */
    note: z.optional(z.string()),
    facts: factsSchema,
    endpoint: z.nullable(
      z.object({
        id: z.string(),
        status: z.enum(statuses),
        held: z.boolean(),
        /** Only while the endpoint is held. */
        heldSince: z.optional(timeSchema),
        /**
         * The number of held events, and whether that number is complete or a lower bound. Only if a single connection
         * is read, not in a list.
         */
        heldCount: z.optional(z.int()),
        heldCountComplete: z.optional(z.boolean()),
        url: z.nullable(z.url()),
        ...settingsSchema.shape,
        auth: authInForceSchema,
        /**
         * `lastUsedAt` is accurate to a minute, and absent if the token was never used. A list of connections has
         * `lastUsedAt` only with `include=stats`.
         */
        tokens: z.array(
          z.object({
            ...tokenSchema.shape,
            /**
             * Only on a previous token after a change of auth: the kind of auth that accepts this token until its grace
             * ends.
             */
            kind: z.optional(z.enum(authKinds)),
            lastUsedAt: z.optional(timeSchema),
          }),
        ),
        /** Only if the endpoint has handshake data. */
        handshake: z.optional(
          z.object({
            /** For admins: the verify token, if the sender's form asks for it. */
            verifyToken: z.optional(z.string()),
            /** Until when the sender may deliver its secret. Only while the window is open. */
            openUntil: z.optional(timeSchema),
            /** A delivered secret that waits for confirmation: when it came, and from which address. */
            delivered: z.optional(z.object({ at: timeSchema, sourceIp: z.string() })),
            /**
             * The number of answered handshakes (a lower bound), and the time of the last one. A list of connections
             * has both fields only with `include=stats`.
             */
            count: z.optional(z.int()),
            lastAt: z.optional(timeSchema),
          }),
        ),
        allowedActions: allowedActionsSchema,
      }),
    ),
  }),
);
export type ConnectionView = z.infer<typeof connectionViewSchema>;

/** An endpoint's handshake data for an operator with this role. Undefined if there is none. */
function handshakeOf({ handshake: { verifyToken, window, delivered } = {} }: Endpoint, role: Role, now: Date) {
  const view = {
    ...(verifyToken && role === 'connection_admin' && { verifyToken }),
    ...(window && isWindowOpen(window, now) && { openUntil: window.until }),
    ...(delivered && { delivered: { at: delivered.at, sourceIp: delivered.sourceIp } }),
  };
  return Object.keys(view).length === 0 ? undefined : view;
}

/** The way in which an active endpoint gets the secret that its sender makes; undefined if no secret is missing. */
function missingSecretNoteOf({ tokens, guard: { secretFrom } }: Endpoint) {
  if (tokens.length > 0) return undefined;
  if (secretFrom === 'sender') return 'secret_to_adopt';
  return secretFrom === 'handshake' ? 'handshake_to_open' : undefined;
}

/** The note for the operator, derived from the verb that made the record's current version. */
function noteOf({ endpoint, entry: { verb, from, step } }: Connection): Advice['code'] | undefined {
  if (!endpoint || step !== undefined) return undefined;
  if (endpoint.status === 'active') return verb === 'activate' ? missingSecretNoteOf(endpoint) : undefined;
  if (verb === 'removeToken' && from === 'active') return 'token_removed';
  if (verb !== 'generateToken') return undefined;
  return endpoint.status === 'configured' ? 'no_url_yet' : 'still_inactive';
}

/** The view with these notes besides its own. */
export function withNotes(view: ConnectionView, more: readonly Advice[]): ConnectionView {
  const facts = [...(view.facts ?? []), ...more];
  return facts.length === 0 ? view : { ...view, note: facts.map((each) => said(each, view.name)).join(' '), facts };
}

/** A connection as an operator with this role reads it now. */
export function connectionViewOf(connection: Connection, role: Role, publicUrl: string, now: Date): ConnectionView {
  const { endpoint } = connection;
  const actions = allowedActions(endpoint, role, now);
  const handshake = endpoint && handshakeOf(endpoint, role, now);
  const code = noteOf(connection);
  const view: ConnectionView = {
    ...connection,
    ...managerShown(connection, role),
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
        .filter((token) => isLiveToken(token, now))
        .map(({ under, holds: _, ...token }) => (under ? { ...token, kind: under.auth.kind } : token)),
      ...(handshake ? { handshake } : {}),
      // `edit` is an action of the connection. So is `delete`, but not while there is an endpoint.
      allowedActions: actions.filter((verb) => verb !== 'edit'),
    },
  };
  return withNotes(view, code ? [{ code }] : []);
}
