import * as z from 'zod';
import { redactTokens } from '../../../shared/endpoints/credential/redaction.ts';
import { refusedCountOf } from '../../../shared/ground/statistics/refused-count.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { agentTexts } from '../agent-words.ts';
import type { Fence } from '../fence.ts';
import { connection, fenced, given, listQuery, nextCursor, page, range } from '../fields.ts';
import { defineTool, ownRead, strangersRead, toolAnswerSchema } from '../tool.ts';

type Rejection = ApiAnswer<'GET /v1/connections/{name}/rejections'>['items'][number];
type Sample = NonNullable<Rejection['sample']>;

/** A sample of what was refused. Whoever sent it has proved nothing. */
const sampleOf = (sample: Sample, name: string, fence: Fence) => ({
  cause: sample.cause,
  count: sample.count,
  atLeast: sample.atLeast,
  advice: agentTexts(name).sample(sample) || undefined,
  method: fence.text(sample.method),
  sourceIp: sample.sourceIp,
  userAgent: fence.optional(sample.userAgent && redactTokens(sample.userAgent)),
  headerNames: sample.headers.map((name) => fence.text(redactTokens(name))),
  faults: sample.faults.map(({ placement, fault }) => ({ placement: fence.text(placement), fault })),
});

const listRejections = defineTool({
  name: 'list_rejections',
  mode: 'read',
  title: 'List rejections',
  description:
    'Lists refused webhooks by minute and reason, the newest first, with what the reason means and what to change. By default those of the last hour.',
  annotations: strangersRead,
  input: z.strictObject({
    connection,
    ...page,
    ...range,
    deliveryId: z.string().min(1).optional().describe('Only what kept this id, which the sender gave its webhook.'),
  }),
  output: toolAnswerSchema({
    items: z.array(
      z.strictObject({
        minute: z.string(),
        reason: z.string(),
        count: z.int(),
        atLeast: z.boolean().optional().describe('The count is a lower bound.'),
        explanation: z.string(),
        deliveryIds: z.array(fenced).optional().describe('The ids that the senders gave some of them.'),
        idsLeftOut: z.boolean().optional().describe('Not all ids are kept.'),
        samples: z.array(
          z.strictObject({
            cause: z.string(),
            count: z.int(),
            atLeast: z.boolean().optional(),
            advice: z.string().optional(),
            method: fenced,
            sourceIp: z.string(),
            userAgent: fenced.optional(),
            headerNames: z.array(fenced),
            faults: z.array(z.strictObject({ placement: fenced, fault: z.string() })),
          }),
        ),
      }),
    ),
    refused: z
      .strictObject({ count: z.int(), whileInactive: z.int(), atLeast: z.boolean().optional() })
      .optional()
      .describe(
        'All that were refused in this time, and those of them while the endpoint was not active. Only on the first page.',
      ),
    nextCursor,
    asOf: z.string(),
  }),
  async run({ connection: name, limit, cursor, from, to, deliveryId }, { api, fence }) {
    const query = { ...listQuery({ limit, cursor }), ...given({ from, to, deliveryId }) };
    const list = await api.call('GET /v1/connections/{name}/rejections', { params: { name }, query });
    return {
      items: list.items.map(({ deliveryIds, sample, otherSamples = [], ...rejection }) => ({
        ...{ minute: rejection.minute, reason: rejection.reason, count: rejection.count, atLeast: rejection.atLeast },
        ...{ explanation: agentTexts(name).rejection(rejection), idsLeftOut: rejection.idsLeftOut },
        deliveryIds: deliveryIds?.map((id) => fence.text(redactTokens(id))),
        samples: [...(sample ? [sample] : []), ...otherSamples].map((each) => sampleOf(each, name, fence)),
      })),
      refused: list.totals && { ...refusedCountOf(list.totals), atLeast: list.complete === false ? true : undefined },
      nextCursor: list.nextCursor,
      asOf: list.asOf,
    };
  },
});

const listHistory = defineTool({
  name: 'list_history',
  mode: 'read',
  title: 'List the history',
  description:
    'Lists every change of a connection, every reveal of its token and every replay, the newest first: who did it, when, and from which status to which.',
  annotations: ownRead,
  input: z.strictObject({ connection, ...page }),
  output: toolAnswerSchema({
    items: z.array(
      z.strictObject({
        verb: z.string(),
        step: z.string().optional(),
        by: z.string().describe('The id of the operator.'),
        via: z.string().optional().describe('The program, as it says itself.'),
        at: z.string(),
        version: z.int().optional(),
        from: z.string().optional(),
        to: z.string().optional(),
        of: z.string().optional().describe('The event or the replay.'),
        settings: z.array(z.string()).optional().describe('The settings that changed.'),
        rules: z.array(z.string()).optional().describe('The rules of its routes that changed.'),
        eventsFrom: z.string().optional(),
        eventsTo: z.string().optional(),
        eventType: fenced.optional(),
        eventCount: z.int().optional(),
      }),
    ),
    nextCursor,
  }),
  async run({ connection: name, ...wanted }, { api, fence }) {
    const query = listQuery(wanted);
    const list = await api.call('GET /v1/connections/{name}/history', { params: { name }, query });
    return {
      items: list.items.map((line) => {
        const { verb, step, via, at, version, from, to, of, settings, eventsFrom, eventsTo, eventCount, rules } = line;
        const changed = rules && [...(rules.added ?? []), ...(rules.changed ?? []), ...(rules.removed ?? [])];
        return {
          ...{ verb, step, by: fence.actor(line.by), via, at, version, from, to, of, settings, rules: changed },
          ...{ eventsFrom, eventsTo, eventType: fence.optional(line.eventType), eventCount },
        };
      }),
      nextCursor: list.nextCursor,
    };
  },
});

export const journalTools = [listRejections, listHistory];
