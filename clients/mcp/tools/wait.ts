import * as z from 'zod';
import { redactTokens } from '../../../shared/endpoints/credential/redaction.ts';
import { waitForEvents } from '../../../shared/operators/wait/wait-for-events.ts';
import { wantedFault } from '../../../shared/operators/wait/waited-event.ts';
import { agentTexts } from '../agent-words.ts';
import { connection, fenced } from '../fields.ts';
import { defineTool, strangersRead, ToolRefusal, toolAnswerSchema } from '../tool.ts';
import { listedEventOf, listedEventShape } from './events.ts';

/** Less than the minute after which clients give up. */
const mostSeconds = 50;

const waitTool = defineTool({
  name: 'wait_for_events',
  mode: 'read',
  title: 'Wait for events',
  description: `Waits until events have come, ${mostSeconds} seconds at most, and shows their ids. Call it after what makes them come, with lookBackSeconds, or again if the time is up. If they do not come, it says what came instead and what was refused.`,
  annotations: strangersRead,
  input: z.strictObject({
    connection,
    type: z.string().min(1).max(128).optional().describe('Only of this type, such as invoice.paid or invoice.*'),
    match: z.record(z.string(), z.unknown()).optional().describe('An EventBridge pattern, as search_events takes it.'),
    count: z.int().min(1).max(20).default(1).describe('Wait for so many.'),
    lookBackSeconds: z.int().min(0).max(3600).default(0).describe('Count those that came so long before the call too.'),
    timeoutSeconds: z.int().min(1).max(mostSeconds).default(30),
  }),
  output: toolAnswerSchema({
    found: z.boolean().describe('Whether all have come.'),
    items: z.array(z.strictObject(listedEventShape)),
    others: z.int().optional().describe('How many other events came.'),
    nearMisses: z
      .array(
        z.strictObject({
          id: z.string(),
          receivedAt: z.string(),
          type: fenced,
          why: z.string().describe('differs: at this place of the pattern.'),
          at: fenced.optional(),
          wanted: fenced.optional().describe('What the pattern wants there.'),
          found: fenced
            .optional()
            .describe('What the event has there. Absent if it has nothing, or if it may not be shown.'),
        }),
      )
      .optional(),
    rejections: z
      .array(z.strictObject({ minute: z.string(), reason: z.string(), count: z.int(), explanation: z.string() }))
      .optional(),
    fault: z.string().optional().describe('Why the deployment did not answer at the end.'),
  }),
  async run(
    { connection: name, type, match, count, lookBackSeconds, timeoutSeconds },
    { api, fence, noBodies, ...ports },
  ) {
    const wanted = { type, match };
    const wrong = wantedFault(wanted);
    if (wrong !== undefined) throw new ToolRefusal(wrong);
    const { signal, uptime, wait } = ports;
    const request = {
      ...wanted,
      connection: name,
      count,
      since: lookBackSeconds * 1_000,
      timeoutMs: timeoutSeconds * 1_000,
    };
    const { events, missed } = await waitForEvents(api, request, {
      // For a client that is gone, the time is up.
      now: () => (signal.aborted ? Number.POSITIVE_INFINITY : uptime()),
      wait: (ms) => wait(ms, signal),
    });
    const items = events.map((event) => listedEventOf({ ...event, publication: undefined }, fence));
    if (!missed) return { found: true, items };
    return {
      ...{ found: false, items, others: missed.others, fault: missed.fault },
      nearMisses: missed.nearMisses.map(({ id, receivedAt, type: itsType, ...miss }) => ({
        ...{ id, receivedAt, type: fence.text(itsType), why: miss.why },
        ...(miss.why === 'differs' && {
          at: fence.text(miss.at),
          wanted: fence.text(miss.wanted),
          // A limited server shows nothing of a body.
          found: fence.optional(
            noBodies && miss.at.startsWith('/data') ? undefined : miss.found && redactTokens(miss.found),
          ),
        }),
      })),
      rejections: missed.rejections?.map((rejection) => ({
        ...{ minute: rejection.minute, reason: rejection.reason, count: rejection.count },
        explanation: agentTexts(name).rejection(rejection),
      })),
    };
  },
});

export const waitTools = [waitTool];
