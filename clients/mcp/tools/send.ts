import * as z from 'zod';
import { agentTexts } from '../agent-words.ts';
import { connection, eventId, given } from '../fields.ts';
import { defineTool, toolAnswerSchema } from '../tool.ts';

const sendTest = defineTool({
  name: 'send_test',
  mode: 'send',
  title: 'Send a test webhook',
  description:
    'Sends a webhook to the public URL of a connection as its sender would, with the right proof, and reports each step: a sample of the sender, of a type if you name one, or what a recorded event of this connection was. The new event is marked as a test and published to nobody. No tool sends a body of yours.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  input: z.strictObject({
    connection,
    type: z.string().min(1).max(128).optional().describe('The type of the sample. Without it, the sample has its own.'),
    event: eventId.optional().describe('Sends what this event was. Not with a type.'),
  }),
  output: toolAnswerSchema({
    passed: z.boolean(),
    eventId: z.string().nullable().describe('The event that it became.'),
    note: z.string().optional(),
    steps: z.array(
      z.strictObject({
        step: z.string(),
        outcome: z.enum(['passed', 'failed', 'skipped']),
        detail: z.string().optional().describe('What to do.'),
      }),
    ),
  }),
  async run({ connection: name, type, event }, { api }) {
    const key = 'POST /v1/connections/{name}/endpoint/test';
    const body = { ...given({ type, eventId: event }), ...(event === undefined && { sample: true }) };
    const answer = await api.call(key, { params: { name }, body });
    const texts = agentTexts(name);
    return {
      passed: answer.passed,
      eventId: answer.eventId,
      note: texts.notes(answer) || undefined,
      steps: answer.steps.map((each) => ({
        ...{ step: each.step, outcome: each.outcome },
        detail: texts.step(each) || undefined,
      })),
    };
  },
});

export const sendTools = [sendTest];
