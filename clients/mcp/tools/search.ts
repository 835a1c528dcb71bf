import * as z from 'zod';
import { redactTokens } from '../../../shared/endpoints/credential/redaction.ts';
import { searchLimits } from '../../../shared/events/search/search-request.ts';
import { agentTexts } from '../agent-words.ts';
import { connection, fenced, given, nextCursor, page, range } from '../fields.ts';
import { defineTool, strangersRead, toolAnswerSchema } from '../tool.ts';
import { listedEventOf, listedEventShape } from './events.ts';

const searchEvents = defineTool({
  name: 'search_events',
  mode: 'read',
  title: 'Search events',
  description: `Searches the events of a connection, the newest first, by an EventBridge pattern (match), by a text anywhere in them (contains), or by both. A pattern such as {"type": ["invoice.paid"], "data": {"amount": [{"numeric": [">", 100]}]}} names type, headers, query, path, data (the JSON of the body) and more. One call looks at ${searchLimits.events} events at most: go on with nextCursor. Shows ids, no bodies.`,
  annotations: strangersRead,
  input: z.strictObject({
    connection,
    match: z.record(z.string(), z.unknown()).optional().describe('An EventBridge pattern.'),
    contains: z.string().min(1).max(1024).optional().describe('A text. Upper and lower case are the same.'),
    ...range,
    cursor: page.cursor,
  }),
  output: toolAnswerSchema({
    items: z.array(
      z.strictObject({
        ...listedEventShape,
        places: z
          .array(z.strictObject({ in: z.string(), at: fenced.optional(), text: fenced.optional() }))
          .optional()
          .describe('Where the text stands, with the words around it: three places at most.'),
      }),
    ),
    nextCursor,
    examined: z.int().describe('How many events this call looked at.'),
    skipped: z.record(z.string(), z.int()).describe('Of these, how many decide nothing, by reason.'),
    upTo: z.string(),
    backTo: z.string().optional(),
    refused: z
      .strictObject({
        count: z.int(),
        whileInactive: z.int(),
        atLeast: z.boolean().optional(),
        from: z.string(),
        withText: z.array(
          z.strictObject({ minute: z.string(), reason: z.string(), deliveryId: fenced, explanation: z.string() }),
        ),
      })
      .optional()
      .describe(
        'What was refused in this time. Its bodies are not kept, so they are not searched. withText: those whose id has the text; anybody can claim an id.',
      ),
  }),
  async run({ connection: name, ...wanted }, { api, fence, noBodies }) {
    const found = await api.call('POST /v1/connections/{name}/events/search', {
      params: { name },
      body: given(wanted),
    });
    const { items, nextCursor, examined, skipped, upTo, backTo, refused } = found;
    return {
      items: items.map(({ places, ...event }) => ({
        ...listedEventOf(event, fence),
        places: places?.map((place) => ({
          in: place.in,
          at: fence.optional(place.at),
          // A limited server shows nothing of a body.
          text: fence.optional(noBodies && place.in === 'body' ? undefined : redactTokens(place.text)),
        })),
      })),
      refused: refused && {
        ...refused,
        withText: refused.withText.map(({ facts, deliveryId, explanation, ...each }) => ({
          ...each,
          deliveryId: fence.text(redactTokens(deliveryId)),
          explanation: agentTexts(name).rejection({ facts, explanation }),
        })),
      },
      ...{ nextCursor, examined, skipped: given(skipped) as Record<string, number>, upTo, backTo },
    };
  },
});

export const searchTools = [searchEvents];
