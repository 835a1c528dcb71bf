import * as z from 'zod';
import { searchLimits } from '../../../shared/events/search/search-request.ts';
import { connection, given, nextCursor, page, range } from '../fields.ts';
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
    items: z.array(z.strictObject(listedEventShape)),
    nextCursor,
    examined: z.int().describe('How many events this call looked at.'),
    skipped: z.record(z.string(), z.int()).describe('Of these, how many decide nothing, by reason.'),
    upTo: z.string(),
    backTo: z.string().optional(),
  }),
  async run({ connection: name, ...wanted }, { api, fence }) {
    const found = await api.call('POST /v1/connections/{name}/events/search', {
      params: { name },
      body: given(wanted),
    });
    const { items, nextCursor, examined, skipped, upTo, backTo } = found;
    return {
      items: items.map((event) => listedEventOf(event, fence)),
      ...{ nextCursor, examined, skipped: given(skipped) as Record<string, number>, upTo, backTo },
    };
  },
});

export const searchTools = [searchEvents];
