/** A line of a destination's history as operators read it. */
import * as z from 'zod/mini';
import { destinationLineSchema } from '../destination/destination-change.ts';
import { redeliveryActionSchema } from './redelivery-action.ts';

const change = destinationLineSchema.shape;
const action = redeliveryActionSchema.shape;

/**
 * A change of the record, or what was done with a redelivery of many: it has no version and no request id, but says `of` what. The start
 * says which deliveries it is of.
 */
export const destinationItemSchema = z.object({
  ...z.partial(destinationLineSchema).shape,
  ...z.partial(redeliveryActionSchema).shape,
  verb: z.enum([...change.verb.options, ...action.verb.options]),
  by: change.by,
  at: change.at,
});
