import { defaultShards } from '../../shared/event/event-table.ts';
import { wholeNumber } from './whole-number.ts';

/** Each page of a list reads every shard, so more shards make lists slow. */
const number = wholeNumber({ to: 64 });

/**
 * The number of index partitions for the events of one connection. One partition takes 1,000 events a second. You can raise the
 * number at any time. If you lower it, lists no longer show the rows in the shards above it until those rows expire. Nothing
 * is lost, and reads by id still find them. There is no warning, because a synthesis can't see what is deployed.
 */
export const eventShards = {
  ...number,
  schema: number.schema
    .default(defaultShards)
    .describe('The number of index partitions for the events of one connection. Never lower it.'),
};
