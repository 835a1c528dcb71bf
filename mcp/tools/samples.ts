import * as z from 'zod';
import { connection } from '../fields.ts';
import { answerSchema, defineTool } from '../tool.ts';

const sendSample = defineTool({
  name: 'send_sample',
  mode: 'write',
  title: 'Send a sample',
  description:
    'Sends a sample to the public URL of a connection as its sender would, with the right proof, and reports each step. The event is marked as a test and published to nobody. The sample is made by the deployment: no tool sends a body of yours.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  input: z.strictObject({ connection }),
  output: answerSchema({
    passed: z.boolean(),
    eventId: z.string().nullable().describe('The event that the sample became.'),
    note: z.string().optional(),
    steps: z.array(
      z.strictObject({
        step: z.string(),
        outcome: z.enum(['passed', 'failed', 'skipped']),
        detail: z.string().optional().describe('What to do.'),
      }),
    ),
  }),
  async run({ connection: name }, { api }) {
    const key = 'POST /v1/connections/{name}/endpoint/test';
    const { passed, eventId, note, steps } = await api.call(key, { params: { name }, body: { publish: false } });
    return { passed, eventId, note, steps: steps.map(({ step, outcome, detail }) => ({ step, outcome, detail })) };
  },
});

export const sampleTools = [sendSample];
