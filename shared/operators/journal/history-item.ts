/** A line of a connection's history as operators read it. */
import * as z from 'zod/mini';
import { historyLineSchema } from './history.ts';
import { replayActionSchema } from './replay-action.ts';

const change = historyLineSchema.shape;
const action = replayActionSchema.shape;

/**
 * A change of the record, or what was done with a replay: it has no version, no status and no request id, but says `of` what. The start of
 * a replay of many says which events it is of.
 */
export const historyItemSchema = z.object({
  ...z.partial(historyLineSchema).shape,
  ...z.partial(replayActionSchema).shape,
  verb: z.enum([...change.verb.options, ...action.verb.options]),
  by: change.by,
  via: change.via,
  at: change.at,
});
