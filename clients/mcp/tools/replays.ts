import * as z from 'zod';
import type { ApiAnswer, ApiBody, ApiClient } from '../../../shared/operators/api/api-client.ts';
import { agentTexts } from '../agent-words.ts';
import { connection, fenced, given, utcTime } from '../fields.ts';
import { defineTool, ownRead, ToolRefusal, toolAnswerSchema } from '../tool.ts';

const many = 'POST /v1/connections/{name}/replays';
type Started = ApiAnswer<typeof many>;
type Begun = Extract<Started, { id: string }>;
type Counted = Exclude<Started, { id: string }>;

/** Which events a replay is of. Without `to`, it ends when the deployment gets the request. */
interface Range {
  connection: string;
  from: string;
  to?: string | undefined;
  type?: string | undefined;
}

const replay = (
  { connection: name, from, ...range }: Range,
  api: ApiClient,
  more: Pick<ApiBody<typeof many>, 'dryRun' | 'ratePerSecond'>,
): Promise<Started> => api.call(many, { params: { name }, body: { from, ...given(range), ...more } });

async function counted(range: Range, api: ApiClient): Promise<Counted> {
  const count = await replay(range, api, { dryRun: true });
  if ('id' in count) throw new Error('a dry run has begun a replay');
  return count;
}

async function begun(range: Range, api: ApiClient, ratePerSecond: number): Promise<Begun> {
  const job = await replay(range, api, { ratePerSecond });
  if ('id' in job) return job;
  throw new Error('a replay has not begun');
}

const planReplay = defineTool({
  name: 'plan_replay',
  mode: 'read',
  title: 'Plan a replay',
  description:
    'Counts the events that a replay of this range would publish again, and publishes nothing. The plan can be used once, for ten minutes. Show a person the count before you use it.',
  annotations: { ...ownRead, idempotentHint: false },
  input: z.strictObject({
    connection,
    from: utcTime,
    to: utcTime.optional(),
    type: z.string().min(1).max(128).optional().describe('Only events of this type, such as invoice.paid or invoice.*'),
  }),
  output: toolAnswerSchema({
    planId: z
      .string()
      .optional()
      .describe('For replay_events. Absent if there is nothing to replay, or too much to count.'),
    expiresAt: z.string().optional(),
    from: z.string(),
    to: z.string(),
    count: z.int(),
    complete: z.boolean().describe('False: count is a lower bound. Plan a shorter range.'),
    skipped: z.int(),
    skippedBecause: z.record(z.string(), z.int()),
    first: z.string().nullable(),
    last: z.string().nullable(),
  }),
  async run({ connection: name, from, to, type }, { api, plans }) {
    const wanted = { connection: name, from, to, type };
    const { count, complete, skipped, skippedBecause, first, last, ...range } = await counted(wanted, api);
    const plan = { ...wanted, from: range.from, to: range.to, count };
    return {
      ...(complete && count > 0 && plans.add(plan)),
      ...{ from: range.from, to: range.to, count, complete, skipped, first, last },
      skippedBecause: given(skippedBecause) as Record<string, number>,
    };
  },
});

const getReplay = defineTool({
  name: 'get_replay',
  mode: 'read',
  title: 'Read how far a replay is',
  description: 'Reads how far a replay of many events is, or the release of held ones.',
  annotations: ownRead,
  input: z.strictObject({ connection, replay: z.string().regex(/^(run_|release-)[0-9a-f-]{36}$/) }),
  output: toolAnswerSchema({
    id: z.string(),
    kind: z.string(),
    state: z.string(),
    from: z.string(),
    to: z.string(),
    type: fenced.optional(),
    count: z.int().nullable(),
    done: z.int(),
    failed: z.int(),
    skipped: z.int(),
    etaSeconds: z.int().nullable(),
    startedAt: z.string(),
    endedAt: z.string().optional(),
    note: z.string().optional(),
  }),
  async run({ connection: name, replay: wanted }, { api, fence }) {
    const view = await api.call('GET /v1/connections/{name}/replays/{id}', { params: { name, id: wanted } });
    const { id, kind, state, from, to, count, done, failed, skipped, etaSeconds, startedAt, endedAt } = view;
    const type = fence.optional(view.type);
    const note = agentTexts(name).notes(view) || undefined;
    return {
      ...{ id, kind, state, from, to, type, count, done, failed, skipped, etaSeconds, startedAt, endedAt, note },
    };
  },
});

const grown = (planned: number, count: number | null) =>
  new ToolRefusal(`The plan has ${planned} events, not ${count ?? 'too many to count'}. Plan the replay again.`);

const replayEvents = defineTool({
  name: 'replay_events',
  mode: 'replay',
  title: 'Replay the events of a plan',
  description:
    'Publishes the events of a plan again: every rule and every destination gets them once more. Takes the id and the count of plan_replay, and refuses if there are more events by now. get_replay shows the progress.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  input: z.strictObject({
    planId: z.string().regex(/^plan_[0-9a-f]{16}$/),
    count: z.int().min(1).describe('The count that the plan showed.'),
    ratePerSecond: z.int().min(1).max(1000).default(50),
  }),
  output: toolAnswerSchema({
    id: z.string(),
    connection: z.string(),
    from: z.string(),
    to: z.string(),
    count: z.int(),
  }),
  async run({ planId, count, ratePerSecond }, { api, plans }) {
    const plan = plans.take(planId);
    if (!plan) throw new ToolRefusal('There is no such plan any more. Plan the replay again.');
    const { count: planned, ...range } = plan;
    if (planned !== count) throw grown(planned, count);
    const now = await counted(range, api);
    if (!now.complete || now.count > planned) throw grown(planned, now.count);
    const job = await begun(range, api, ratePerSecond);
    if (job.count !== null && job.count <= planned)
      return { id: job.id, connection: plan.connection, from: job.from, to: job.to, count: job.count };
    // More came between the count and the beginning.
    await api.call('DELETE /v1/connections/{name}/replays/{id}', { params: { name: plan.connection, id: job.id } });
    throw grown(planned, job.count);
  },
});

export const replayTools = [planReplay, getReplay, replayEvents];
