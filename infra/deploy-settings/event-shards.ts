import { defaultShards } from '../../shared/event/event-table.ts';
import { wholeNumber } from './whole-number.ts';

/** Each page of a list reads every shard, so more shards make lists slow. */
const mostShards = 64;

/**
 * Reads `-c eventShards`: over how many partitions of the index the events of one connection are spread. One partition takes
 * 1,000 events a second. You can raise the number at any time. If you lower it, lists no longer show the rows in the shards
 * above it until those rows expire. Nothing is lost, and reads by id still find them. A synthesis can't see what is
 * deployed, so it can't warn.
 * @throws SettingError for a number that can't be used
 */
export const eventShardsOf = (value: unknown): number =>
  value === undefined ? defaultShards : wholeNumber('eventShards', value, mostShards);
