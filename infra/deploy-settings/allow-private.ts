import { z } from 'zod';
import { addressRangeSchema } from '../../shared/base/address-range.ts';
import type { Setting } from './setting.ts';

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
