import * as z from 'zod';
import { periods } from '../../../shared/ground/statistics/period.ts';
import { connection, given, range } from '../fields.ts';
import { defineTool, ownRead, toolAnswerSchema } from '../tool.ts';

const getStatistics = defineTool({
  name: 'get_statistics',
  mode: 'read',
  title: 'Read statistics',
  description:
    'Counts webhooks by minute, hour or day: accepted, duplicates, refused by reason, published, and the attempts at destinations. Of one connection, or of all without one.',
  annotations: ownRead,
  input: z.strictObject({ connection: connection.optional(), ...range, by: z.enum(periods).optional() }),
  output: toolAnswerSchema({
    items: z.array(
      z.strictObject({
        at: z.string().describe('When the period begins.'),
        accepted: z.int(),
        duplicates: z.int(),
        conflicts: z.int(),
        refused: z.record(z.string(), z.int()),
        published: z.int(),
        givenUp: z.int(),
        destinations: z.array(
          z.strictObject({
            name: z.string(),
            delivered: z.int(),
            failed: z.int(),
            p50: z.int().optional(),
            p95: z.int().optional(),
            waiting: z.int().optional(),
          }),
        ),
        inexact: z.array(z.string()).describe('The fields that may be wrong.'),
      }),
    ),
    asOf: z.string().optional().describe('Events are counted up to this time.'),
  }),
  async run({ connection: name, ...wanted }, { api }) {
    let asOf: string | undefined;
    const request = {
      query: given(wanted),
      onAsOf: (at: string) => {
        asOf = at;
      },
    };
    const { items } = await (name === undefined
      ? api.call('GET /v1/stats', request)
      : api.call('GET /v1/connections/{name}/stats', { params: { name }, ...request }));
    return {
      items: items.map(
        ({ at, accepted, duplicates, conflicts, refused, published, givenUp, destinations = {}, inexact = [] }) => ({
          ...{ at, accepted, duplicates, conflicts, refused, published, givenUp, inexact: [...inexact] },
          destinations: Object.entries(destinations).map(([destination, { delivered, failed, p50, p95, waiting }]) => ({
            ...{ name: destination, delivered, failed, p50, p95, waiting },
          })),
        }),
      ),
      asOf,
    };
  },
});

export const statisticsTools = [getStatistics];
