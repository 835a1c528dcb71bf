/** The routes of a connection's endpoint, its token and its handshake. */
import * as z from 'zod/mini';
import { deliveryUrlSchema } from '../../endpoints/credential/delivery-url.ts';
import { connectionViewSchema } from '../../endpoints/endpoint/connection-view.ts';
import { windowMinutes } from '../../endpoints/endpoint/handshake-window.ts';
import { fileManagerRequestSchema } from '../../endpoints/endpoint/managed-by.ts';
import {
  configurationSchema,
  firstValuesSchema,
  graceSchema,
  newValuesSchema,
} from '../../endpoints/endpoint/secret-value-request.ts';
import { maxSendRequestBytes, selfTestRequestSchema } from '../../endpoints/endpoint/self-test-request.ts';
import { selfTestSchema } from '../../endpoints/endpoint/self-test-view.ts';
import type { Route } from './route.ts';

/** The value of a token. If only a signature is verified, `token` is the secret that the sender signs with. */
const tokenValue = { token: z.string(), signingSecret: z.optional(z.string()) };

const tokenAnswerSchema = z.object({
  ...tokenValue,
  url: z.nullable(z.url()),
  deliveryUrls: z.array(deliveryUrlSchema),
  previous: z.optional(z.object({ ...tokenValue, expiresAt: z.iso.datetime() })),
  connection: connectionViewSchema,
});

/** What the routes that change an endpoint have in common. */
const change = { function: 'api-endpoint', role: 'connection_admin', answer: connectionViewSchema } as const;

/** A verb without input. */
const verb = { ...change, body: z.strictObject({}) };

/** A file that opens or closes the URL says so in the same write. */
const byFile = { ...change, body: z.strictObject({ managedBy: z.optional(fileManagerRequestSchema) }) };

const token = { ...change, answer: tokenAnswerSchema };

export const endpointRoutes = {
  'PUT /v1/connections/{name}/endpoint': {
    ...change,
    summary:
      'Configures the endpoint, or updates its settings. A new auth can come with new values. The earlier auth is then accepted until the grace ends.',
    body: configurationSchema,
  },
  'DELETE /v1/connections/{name}/endpoint': {
    ...change,
    summary: 'Deconfigures the endpoint. Its URL never works again. With discardHeld, held events are never published.',
    query: z.strictObject({ discardHeld: z.optional(z.enum(['true', 'false'])) }),
  },
  'POST /v1/connections/{name}/endpoint/token': {
    ...token,
    statuses: [201],
    summary: 'Generates a token, or adopts one that the sender chose.',
    body: firstValuesSchema,
  },
  'GET /v1/connections/{name}/endpoint/token': {
    ...token,
    summary: 'Reveals the live tokens. The history records it.',
  },
  'DELETE /v1/connections/{name}/endpoint/token': {
    ...change,
    summary: 'Removes every live token. An active endpoint becomes inactive.',
  },
  'POST /v1/connections/{name}/endpoint/token/rotate': {
    ...token,
    summary: 'Makes a new token. The old token is accepted until the grace ends.',
    body: newValuesSchema,
  },
  'DELETE /v1/connections/{name}/endpoint/token/previous': {
    ...change,
    summary: 'Ends the grace of the previous token now.',
  },
  'POST /v1/connections/{name}/endpoint/activate': {
    ...byFile,
    summary: 'Opens the URL. The URL is the same at every activation.',
  },
  'POST /v1/connections/{name}/endpoint/deactivate': {
    ...byFile,
    summary: 'Closes the URL. The URL stays the same.',
  },
  'POST /v1/connections/{name}/endpoint/hold': {
    ...verb,
    summary: 'Holds the endpoint: it still accepts and stores webhooks, but publishes none until you release it.',
  },
  'POST /v1/connections/{name}/endpoint/release': {
    ...verb,
    summary:
      'Releases the endpoint. Hooklatch publishes new events again, and also the held events, the oldest first. `GET …/replays/{id}` shows the progress.',
  },
  'POST /v1/connections/{name}/endpoint/handshake': {
    ...change,
    summary: 'Opens a window of some minutes. In it the sender can deliver its secret once.',
    body: z.strictObject({
      minutes: z._default(z.int().check(z.minimum(1), z.maximum(windowMinutes.most)), windowMinutes.usual),
    }),
  },
  'POST /v1/connections/{name}/endpoint/handshake/confirm': {
    ...change,
    summary:
      'Confirms the secret that the sender delivered, and makes it live. The previous one is accepted until the grace ends.',
    body: graceSchema,
  },
  'DELETE /v1/connections/{name}/endpoint/handshake': {
    ...change,
    summary: 'Closes the window, and drops a delivered secret that is not confirmed.',
  },
  'POST /v1/connections/{name}/endpoint/test': {
    function: 'api-self-test',
    role: 'connection_admin',
    summary:
      'Sends a delivery to the public URL, as the sender would, and reports the result of each step: a sample, a recorded event, or a body. It is marked as a test and routed nowhere. With real it is not marked: then it is counted, published and routed as any webhook, and the history says so.',
    body: selfTestRequestSchema,
    maxRequestBytes: maxSendRequestBytes,
    answer: selfTestSchema,
  },
} as const satisfies Record<string, Route>;
