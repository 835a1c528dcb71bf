/**
 * The routes of the HTTP API, as data. `infra/` makes API Gateway's routes from them, the functions answer them, and what
 * a body and an answer look like is said here once, by the schemas that parse them.
 */

import * as z from 'zod/mini';
import { timeSchema } from '../base/time.ts';
import { deliveryUrlSchema } from '../credential/delivery-url.ts';
import { connectionChangeSchema, newConnectionSchema } from '../endpoint/connection-request.ts';
import { connectionViewSchema } from '../endpoint/connection-view.ts';
import { defaultGraceSeconds, maxGraceSeconds } from '../endpoint/grace.ts';
import type { Role } from '../endpoint/lifecycle.ts';
import { selfTestSchema } from '../endpoint/self-test-view.ts';
import { replayViewSchema } from '../event/replay-job-view.ts';
import { skipsSchema } from '../event/skip-reason.ts';
import { historyLineSchema } from '../journal/history.ts';
import { rejectionReasons } from '../journal/rejection.ts';
import { rejectionViewSchema } from '../journal/rejection-view.ts';
import { listedConnectionSchema } from '../journal/usage.ts';
import { providerSummarySchema, providerViewSchema } from '../provider/provider-view.ts';
import { settingsChangeSchema } from '../settings/settings.ts';
import { eventViewSchema, listedEventSchema } from './event-view.ts';

export type FunctionName =
  | 'api-connections'
  | 'api-endpoint'
  | 'api-events'
  | 'api-history-and-rejections'
  | 'api-self-test';

/** Whether a text stands for a secret in a guide, such as `whsec_…` or `<your secret>`. A PEM has no such ends. */
const isPlaceholder = (text: string): boolean => /…|\.{3}\s*$|^\s*<[^<>]*>\s*$/.test(text);

/** A value that a sender dictates: a token, a secret that it signs with, or its public key. */
const secretText = z.string().check(
  z.refine((text) => !isPlaceholder(text), {
    error: 'looks like a placeholder from the documentation; paste the secret that the sender shows',
    abort: true,
  }),
  z.regex(/^[\x20-\x7e\r\n]{12,4096}$/, 'must be 12 to 512 printable ASCII characters, a key up to 4096'),
);

/** What can be dictated; the rest is generated, or carried over by a rotation. */
const wish = { value: z.optional(secretText), signingSecret: z.optional(secretText) };

/** How long what lives now goes on living beside what follows it. */
const grace = {
  graceSeconds: z._default(z.int().check(z.minimum(0), z.maximum(maxGraceSeconds)), defaultGraceSeconds),
  force: z._default(z.boolean(), false),
};

/** Values that take the place of those that are live. */
const newValues = { ...wish, ...grace };

/** Settings, and with another auth the values that are for it. */
const configurationSchema = z
  .strictObject({ ...settingsChangeSchema.shape, values: z.optional(z.strictObject(newValues)) })
  .check(
    z.refine(({ auth, values }) => values === undefined || auth !== undefined, {
      error: 'need the auth that they are for; send auth too, or rotate the token',
      path: ['values'],
    }),
  );

const page = { limit: z.optional(z.string()), cursor: z.optional(z.string()) };
const instant = z.optional(z.iso.datetime());

/** With a signature alone, `token` is the secret that the sender signs with. */
const value = { token: z.string(), signingSecret: z.optional(z.string()) };

const tokenAnswer = z.object({
  ...value,
  url: z.nullable(z.url()),
  deliveryUrls: z.array(deliveryUrlSchema),
  previous: z.optional(z.object({ ...value, expiresAt: z.iso.datetime() })),
  connection: connectionViewSchema,
});

const list = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) });

export interface Route {
  function: FunctionName;
  /** The least role; `nobody` asks for no operator token. */
  role: Role | 'nobody';
  summary: string;
  body?: z.ZodMiniType;
  query?: z.ZodMiniType;
  /** Whether it answers a file instead, if its query asks for one. */
  download?: true;
  answer: z.ZodMiniType;
}

export const routes = {
  'GET /healthz': {
    function: 'api-connections',
    role: 'nobody',
    summary: 'Version and status.',
    answer: z.object({ status: z.literal('ok'), version: z.string() }),
  },
  'GET /v1/providers': {
    function: 'api-connections',
    role: 'flow_designer',
    summary: 'Lists the senders that are known.',
    answer: z.object({ items: z.array(providerSummarySchema) }),
  },
  'GET /v1/providers/{id}': {
    function: 'api-connections',
    role: 'flow_designer',
    summary: 'Reads what is known of a sender, and how it is set up.',
    answer: providerViewSchema,
  },
  'GET /v1/connections': {
    function: 'api-connections',
    role: 'flow_designer',
    summary:
      'Lists connections by name; with include=stats also what happened in the last hour. Counts lag by about ten seconds: asOf says up to when events are counted.',
    query: z.strictObject({ ...page, include: z.optional(z.literal('stats')) }),
    answer: list(listedConnectionSchema),
  },
  'POST /v1/connections': {
    function: 'api-connections',
    role: 'connection_admin',
    summary: 'Opens a connection.',
    body: newConnectionSchema,
    answer: connectionViewSchema,
  },
  'GET /v1/connections/{name}': {
    function: 'api-connections',
    role: 'flow_designer',
    summary: 'Reads a connection.',
    answer: connectionViewSchema,
  },
  'PATCH /v1/connections/{name}': {
    function: 'api-connections',
    role: 'connection_admin',
    summary: 'Edits a connection; its provider only while it is unconfigured.',
    body: connectionChangeSchema,
    answer: connectionViewSchema,
  },
  'DELETE /v1/connections/{name}': {
    function: 'api-connections',
    role: 'connection_admin',
    summary: 'Deletes a connection, only while it is unconfigured.',
    answer: z.null(),
  },
  'PUT /v1/connections/{name}/endpoint': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary:
      'Configures the endpoint, or updates its settings; an auth may bring its values, and the earlier way is accepted until the grace ends.',
    body: configurationSchema,
    answer: connectionViewSchema,
  },
  'DELETE /v1/connections/{name}/endpoint': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Deconfigures the endpoint; its URL is gone for ever, and with discardHeld so is what was held.',
    query: z.strictObject({ discardHeld: z.optional(z.enum(['true', 'false'])) }),
    answer: connectionViewSchema,
  },
  'POST /v1/connections/{name}/endpoint/token': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Generates a token, or adopts one that the sender dictates.',
    body: z.strictObject(wish),
    answer: tokenAnswer,
  },
  'GET /v1/connections/{name}/endpoint/token': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Reveals the live tokens; recorded.',
    answer: tokenAnswer,
  },
  'DELETE /v1/connections/{name}/endpoint/token': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Removes every live token; an active endpoint becomes inactive.',
    answer: connectionViewSchema,
  },
  'POST /v1/connections/{name}/endpoint/token/rotate': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Makes a new token; the old one lives until the grace ends.',
    body: z.strictObject(newValues),
    answer: tokenAnswer,
  },
  'DELETE /v1/connections/{name}/endpoint/token/previous': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Ends the grace of the previous token now.',
    answer: connectionViewSchema,
  },
  'POST /v1/connections/{name}/endpoint/activate': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Opens the URL, the same at every activation.',
    body: z.strictObject({}),
    answer: connectionViewSchema,
  },
  'POST /v1/connections/{name}/endpoint/deactivate': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Closes the URL; it stays the same.',
    body: z.strictObject({}),
    answer: connectionViewSchema,
  },
  'POST /v1/connections/{name}/endpoint/hold': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Goes on accepting and storing, and publishes nothing until it is released.',
    body: z.strictObject({}),
    answer: connectionViewSchema,
  },
  'POST /v1/connections/{name}/endpoint/release': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Publishes again, and what was held too, oldest first; `GET …/replays/{id}` tells how far that is.',
    body: z.strictObject({}),
    answer: connectionViewSchema,
  },
  'POST /v1/connections/{name}/endpoint/handshake': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Opens a window of some minutes in which the sender may deliver its secret, once.',
    body: z.strictObject({ minutes: z._default(z.int().check(z.minimum(1), z.maximum(60)), 10) }),
    answer: connectionViewSchema,
  },
  'POST /v1/connections/{name}/endpoint/handshake/confirm': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Makes the secret live that the sender delivered beside another one, which lives until the grace ends.',
    body: z.strictObject(grace),
    answer: connectionViewSchema,
  },
  'DELETE /v1/connections/{name}/endpoint/handshake': {
    function: 'api-endpoint',
    role: 'connection_admin',
    summary: 'Closes the window, and drops what was delivered and is not confirmed.',
    answer: connectionViewSchema,
  },
  'POST /v1/connections/{name}/endpoint/test': {
    function: 'api-self-test',
    role: 'connection_admin',
    summary: 'Sends a sample through the public URL, as the sender would, and tells step by step how far it came.',
    body: z.strictObject({ publish: z._default(z.boolean(), false) }),
    answer: selfTestSchema,
  },
  'GET /v1/connections/{name}/events': {
    function: 'api-events',
    role: 'flow_designer',
    summary:
      'Lists events by their time of arrival, or finds the first of a delivery id. The list is complete up to upTo, five seconds ago: a later event may still be missing. A page may be short: go on while there is a nextCursor. With order=asc, go on later with resumeCursor.',
    query: z.strictObject({
      ...page,
      from: instant,
      to: instant,
      order: z.optional(z.enum(['asc', 'desc'])),
      type: z.optional(z.string().check(z.minLength(1))),
      deliveryId: z.optional(z.string().check(z.minLength(1))),
    }),
    answer: z.extend(list(listedEventSchema), {
      /** The list is complete up to this instant; with order=asc it ends there. */
      upTo: z.optional(timeSchema),
      /** Only with order=asc: the cursor of what follows, now or later; null once everything up to `to` is read. */
      resumeCursor: z.optional(z.nullable(z.string())),
    }),
  },
  'GET /v1/connections/{name}/events/{id}': {
    function: 'api-events',
    role: 'flow_designer',
    summary: 'Reads an event with its exact body; with raw it answers the bytes of the body alone.',
    query: z.strictObject({ raw: z.optional(z.string()) }),
    download: true,
    answer: eventViewSchema,
  },
  'GET /v1/connections/{name}/history': {
    function: 'api-history-and-rejections',
    role: 'flow_designer',
    summary: 'Every change and every reveal, newest first: who, when, from which status to which.',
    query: z.strictObject(page),
    answer: list(historyLineSchema),
  },
  'GET /v1/connections/{name}/rejections': {
    function: 'api-history-and-rejections',
    role: 'flow_designer',
    summary: 'Refused webhooks by minute and reason, newest first; of the last hour, unless from or to say more.',
    query: z.strictObject({ ...page, from: instant, to: instant }),
    answer: z.extend(list(rejectionViewSchema), {
      /** Of the whole range; on its first page. */
      totals: z.optional(z.partialRecord(z.enum(rejectionReasons), z.int())),
      /** Whether the totals are exact and of the whole range; else they are lower bounds. */
      complete: z.optional(z.boolean()),
      /** When it was read. What was refused by then is counted, but for what `complete` and `atLeast` say. */
      asOf: timeSchema,
    }),
  },
  'POST /v1/connections/{name}/events/{id}/replay': {
    function: 'api-events',
    role: 'flow_designer',
    summary: 'Publishes an event once more.',
    body: z.strictObject({}),
    answer: z.object({ id: z.string(), replay: z.int() }),
  },
  'GET /v1/connections/{name}/replays': {
    function: 'api-events',
    role: 'flow_designer',
    summary: 'Lists the replays of many events and the releases of the last 30 days, the newest first.',
    query: z.strictObject(page),
    answer: list(replayViewSchema),
  },
  'POST /v1/connections/{name}/replays': {
    function: 'api-events',
    role: 'flow_designer',
    summary: 'Publishes many events once more, the oldest first, or counts them in a dry run.',
    body: z.strictObject({
      from: z.iso.datetime(),
      /** Now, if unsaid. */
      to: instant,
      type: z.optional(z.string().check(z.minLength(1), z.maxLength(128))),
      dryRun: z._default(z.boolean(), false),
      ratePerSecond: z._default(z.int().check(z.minimum(1)), 50),
    }),
    answer: z.union([
      z.object({ id: z.string(), from: timeSchema, to: timeSchema, count: z.nullable(z.int()) }),
      z.object({
        from: timeSchema,
        to: timeSchema,
        /** The count is right up to this instant: what arrived later may still be missing. */
        upTo: timeSchema,
        count: z.int(),
        skipped: z.int(),
        skippedBecause: skipsSchema,
        first: z.nullable(z.string()),
        last: z.nullable(z.string()),
        complete: z.boolean(),
        writeUnits: z.int(),
      }),
    ]),
  },
  'GET /v1/connections/{name}/replays/{id}': {
    function: 'api-events',
    role: 'flow_designer',
    summary: 'Tells how far a replay of many events, or a release, is.',
    answer: replayViewSchema,
  },
  'DELETE /v1/connections/{name}/replays/{id}': {
    function: 'api-events',
    role: 'flow_designer',
    summary: 'Cancels a replay of many events; those published already stay so.',
    answer: replayViewSchema,
  },
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type RouteKey = keyof Routes;

/** What takes every other path below /v1, to answer 404 and 405 as problems. */
export const fallbackRoute = 'ANY /v1/{proxy+}';

/** The public URL of an endpoint. */
export const hookRoutes = [
  'ANY /hooks/{connection}/{endpointId}',
  'ANY /hooks/{connection}/{endpointId}/{rest+}',
] as const;

const isMatch = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);

/** The methods that a path of the API has. */
export function methodsOf(path: string): string[] {
  return Object.keys(routes)
    .map((key) => key.split(' '))
    .flatMap(([method = '', template = '']) => (isMatch(template, path) ? [method] : []));
}
