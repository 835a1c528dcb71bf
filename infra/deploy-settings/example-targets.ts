import { z } from 'zod';
import { unusable } from './setting-error.ts';

/** The targets to which an example rule can send all webhooks. */
const exampleTargets = ['log', 'queue'] as const;
export type ExampleTarget = (typeof exampleTargets)[number];

export const exampleRulesSchema = z
  .string()
  .regex(/^(log|queue)(,(log|queue))*$/)
  .describe('The targets to which example rules send all webhooks.');

/**
 * Reads `exampleRules`: one target, or several separated by commas. Returns an empty list if the setting is absent.
 * @throws SettingError for an unknown target
 */
export function exampleTargetsOf(value: unknown): ExampleTarget[] {
  if (value === undefined) return [];
  const words = exampleRulesSchema.safeParse(value).data?.split(',');
  if (words) return exampleTargets.filter((target) => words.includes(target));
  throw unusable('exampleRules', value, 'use log, queue, or log,queue');
}
