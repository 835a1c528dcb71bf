import { z } from 'zod';
import type { Setting } from './setting.ts';

/** The targets to which an example rule can send all webhooks. */
const exampleTargets = ['log', 'queue'] as const;
export type ExampleTarget = (typeof exampleTargets)[number];

/** One target, or several separated by commas. */
export const exampleRules = {
  schema: z
    .string()
    .regex(/^(log|queue)(,(log|queue))*$/)
    .describe('The targets to which example rules send all webhooks.'),
  advice: 'use log, queue, or log,queue',
} satisfies Setting;

/** The targets that `exampleRules` names, each once. */
export const exampleTargetsOf = (rules = ''): ExampleTarget[] =>
  exampleTargets.filter((target) => rules.split(',').includes(target));
