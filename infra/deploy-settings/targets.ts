/** Where events may go. */
import { z } from 'zod';
import { addressRangeSchema } from '../../shared/ground/base/address-range.ts';
import { type Setting, text } from './setting.ts';

/** The targets to which an example rule can send all webhooks. */
const exampleTargets = ['log', 'queue'] as const;
export type ExampleTarget = (typeof exampleTargets)[number];

/** One target, or several separated by commas. */
export const exampleRules = text({
  form: /^(log|queue)(,(log|queue))*$/,
  description: 'The targets to which example rules send all webhooks.',
  advice: 'use log, queue, or log,queue',
});

/** The targets that `exampleRules` names, each once. */
export const exampleTargetsOf = (rules = ''): ExampleTarget[] =>
  exampleTargets.filter((target) => rules.split(',').includes(target));

/** The most ranges. */
const maxRanges = 20;

/** By default a destination can be reached only at public addresses, so that no operator can look into the network. */
export const allowPrivate = {
  schema: z
    .array(z.string().refine((range) => addressRangeSchema.safeParse(range).success))
    .max(maxRanges)
    .describe('Ranges of private addresses at which destinations may be, such as 10.0.0.0/8.'),
  advice: `write at most ${maxRanges} addresses or ranges like ["10.0.0.0/8"], or -c allowPrivate=10.0.0.0/8,fd00::/8`,
  fromText: (text: string) => text.split(','),
} satisfies Setting;
