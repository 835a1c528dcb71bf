import * as z from 'zod';
import { statuses, verbs } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import { refusedCountOf } from '../../../shared/ground/statistics/refused-count.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { agentTexts } from '../agent-words.ts';
import type { Fence } from '../fence.ts';
import { connection, fenced, listQuery, nextCursor, page } from '../fields.ts';
import { defineTool, ownRead, toolAnswerSchema } from '../tool.ts';

export const connectionShape = {
  /** A deployment of an earlier version does not say it. */
  id: z.string().optional().describe('Stays when the name is used again for another connection.'),
  name: z.string(),
  provider: z.string(),
  description: fenced,
  status: z.enum(statuses),
  held: z.boolean().describe('Whether it keeps what arrives, and publishes nothing.'),
  heldSince: z.string().optional(),
  heldCount: z.int().optional(),
  heldCountComplete: z.boolean().optional().describe('False: heldCount is a lower bound.'),
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
  updatedBy: z.string(),
  managed: z.boolean().describe('Whether a stack or a file manages it: what is changed here may be changed back.'),
  allowedActions: z.array(z.enum(verbs)).describe('What its status and the role of the token allow now.'),
  note: z.string().optional(),
  url: z.string().nullable().describe('The public URL without a token. Null before the first activation.'),
  auth: z.string().optional().describe('What proves a webhook: token, signature or both.'),
  retentionDays: z.int().optional(),
  tokens: z.array(
    z.strictObject({
      id: z.string(),
      createdAt: z.string(),
      createdBy: z.string(),
      expiresAt: z.string().optional(),
      lastUsedAt: z.string().optional(),
    }),
  ),
};

type View = ApiAnswer<'GET /v1/connections/{name}'>;

/** A connection for a model: without what a sender's form asks for, and without settings that people typed. */
export const connectionOf = (view: View, fence: Fence) => ({
  id: view.id,
  name: view.name,
  provider: view.provider,
  description: fence.text(view.description),
  status: view.status,
  held: view.endpoint?.held ?? false,
  heldSince: view.endpoint?.heldSince,
  heldCount: view.endpoint?.heldCount,
  heldCountComplete: view.endpoint?.heldCountComplete,
  version: view.version,
  createdAt: view.createdAt,
  updatedAt: view.updatedAt,
  updatedBy: fence.actor(view.updatedBy),
  managed: view.managedBy !== undefined,
  allowedActions: view.allowedActions,
  note: agentTexts(view.name).notes(view) || undefined,
  url: view.endpoint?.url ?? null,
  auth: view.endpoint?.auth.kind,
  retentionDays: view.endpoint?.retentionDays,
  tokens: (view.endpoint?.tokens ?? []).map(({ id, createdAt, createdBy, expiresAt, lastUsedAt }) => ({
    id,
    createdAt,
    createdBy: fence.actor(createdBy),
    expiresAt,
    lastUsedAt,
  })),
});

const listConnections = defineTool({
  name: 'list_connections',
  mode: 'read',
  title: 'List connections',
  description:
    'Lists the connections by name: each is the link to one sender of webhooks. Shows its status, and how many events came and were refused in the last hour.',
  annotations: ownRead,
  input: z.strictObject(page),
  output: toolAnswerSchema({
    items: z.array(
      z.strictObject({
        name: z.string(),
        provider: z.string(),
        status: z.enum(statuses),
        held: z.boolean(),
        alerts: z.array(z.strictObject({ kind: z.string(), since: z.string() })),
        lastHour: z
          .strictObject({
            events: z.int(),
            rejections: z.int().describe('All that were refused.'),
            rejectedWhileInactive: z.int().describe('Those of them that came while the endpoint was not active.'),
          })
          .optional(),
        lastEventAt: z.string().nullable().optional(),
      }),
    ),
    nextCursor,
  }),
  async run(args, { api }) {
    const list = await api.call('GET /v1/connections', { query: { ...listQuery(args), include: 'stats' } });
    return {
      items: list.items.map(({ name, provider, status, endpoint, alerts = [], stats }) => ({
        name,
        provider,
        status,
        held: endpoint?.held ?? false,
        alerts: alerts.map(({ kind, since }) => ({ kind, since })),
        lastHour: stats && {
          events: stats.lastHour.events,
          rejections: stats.lastHour.rejections,
          rejectedWhileInactive: refusedCountOf(stats.lastHour.refused).whileInactive,
        },
        lastEventAt: stats?.lastEventAt,
      })),
      nextCursor: list.nextCursor,
    };
  },
});

const getConnection = defineTool({
  name: 'get_connection',
  mode: 'read',
  title: 'Read a connection',
  description:
    'Reads one connection and its endpoint: status, URL, what proves a webhook, its tokens by id and time, and which actions are allowed now. Shows no secret.',
  annotations: ownRead,
  input: z.strictObject({ connection }),
  output: toolAnswerSchema(connectionShape),
  run: async ({ connection: name }, { api, fence }) =>
    connectionOf(await api.call('GET /v1/connections/{name}', { params: { name } }), fence),
});

export const connectionTools = [listConnections, getConnection];
