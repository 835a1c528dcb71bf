import * as z from 'zod';
import { fenced } from '../fields.ts';
import { defineTool, ownRead, toolAnswerSchema } from '../tool.ts';

const checkDeployment = defineTool({
  name: 'check_deployment',
  mode: 'read',
  title: 'Check the deployment',
  description:
    'Checks whether the deployment answers, its version, the clocks, and how long the operator token works. Tests no endpoint: that stores an event.',
  annotations: ownRead,
  input: z.strictObject({}),
  output: toolAnswerSchema({
    healthy: z.boolean(),
    checks: z.array(
      z.strictObject({
        check: z.string(),
        outcome: z.enum(['passed', 'warning', 'failed', 'skipped']),
        detail: fenced,
      }),
    ),
  }),
  async run(_, { examine, fence }) {
    const checks = [];
    // The detail names the operator, which a person has typed.
    for await (const { check, outcome, detail } of examine())
      checks.push({ check, outcome, detail: fence.text(detail) });
    return { healthy: checks.every(({ outcome }) => outcome !== 'failed'), checks };
  },
});

export const deploymentTools = [checkDeployment];
