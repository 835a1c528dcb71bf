/** How a job of many things is started by the API, whatever it does with them. */
import * as z from 'zod/mini';
import { timeSchema } from '../../ground/base/time.ts';
import { optionalTime } from './route.ts';

/** A request for a job. @param which the fields that say which things it is for */
export const startBody = <T extends z.core.$ZodLooseShape>(which: T) =>
  z.strictObject({
    from: z.iso.datetime(),
    /** The default is now. */
    to: optionalTime,
    ...which,
    dryRun: z._default(z.boolean(), false),
    ratePerSecond: z._default(z.int().check(z.minimum(1)), 50),
  });

/** The answer: a job that began or, in a dry run, what one would do. @param found what a dry run of this kind also says */
export const startAnswer = <T extends z.core.$ZodLooseShape>(found: T) =>
  z.union([
    z.object({ id: z.string(), from: timeSchema, to: timeSchema, count: z.nullable(z.int()) }),
    z.object({
      from: timeSchema,
      to: timeSchema,
      count: z.int(),
      complete: z.boolean(),
      skipped: z.int(),
      first: z.nullable(z.string()),
      last: z.nullable(z.string()),
      ...found,
    }),
  ]);
