/** How much a deployment takes, and how fast. */
import { defaultShards } from '../../shared/events/event/event-table.ts';
import { throttles } from '../throttles.ts';
import { wholeNumber } from './setting.ts';

/**
 * The number of index partitions for the events of one connection. One partition takes 1,000 events a second. You can raise the
 * number at any time. If you lower it, lists no longer show the rows in the shards above it until those rows expire. Nothing
 * is lost, and reads by id still find them. There is no warning, because a synthesis can't see what is deployed. Each page of a list
 * reads every shard, so more shards make lists slow.
 */
export const eventShards = wholeNumber({ to: 64 }, (number) =>
  number
    .default(defaultShards)
    .describe('The number of index partitions for the events of one connection. Never lower it.'),
);

/** Far more than AWS grants a new account. */
const mostInAccount = 100_000;

export const senderRate = wholeNumber({ to: mostInAccount }, (number) =>
  number.default(throttles.senders.rate).describe('How many webhooks each public route takes a second.'),
);

export const senderBurst = wholeNumber({ to: mostInAccount }, (number) =>
  number.default(throttles.senders.burst).describe('How many webhooks each public route takes at once.'),
);

/** By default none are reserved: the quota of a new account is too small, and the deployment would fail. */
export const reservedConcurrency = wholeNumber(
  { to: mostInAccount, otherwise: ', or leave it out to reserve nothing' },
  (number) =>
    number.describe('Concurrent executions that are reserved for each of the two functions that answer senders.'),
);

/** Events a second. */
export const defaultReplayCeiling = 500;

/** If the bus or your rules can't keep up with the rate, the events wait, and a higher rate gains nothing. */
export const replayCeiling = wholeNumber({ to: 10_000 }, (number) =>
  number
    .default(defaultReplayCeiling)
    .describe('The highest rate of a replay or of a redelivery of many, in events or deliveries a second.'),
);

/** Batches at the same time. AWS allows no fewer than two for a queue, and no more than a thousand. */
export const defaultDispatchConcurrency = 5;

/** The lanes get as much, so an account needs more than twice as many executions. */
export const dispatchConcurrency = wholeNumber({ from: 2, to: 1_000 }, (number) =>
  number
    .default(defaultDispatchConcurrency)
    .describe(
      'How many batches of webhooks are sent to destinations at the same time. Use 2 if the account allows ten concurrent executions.',
    ),
);

/** What a new on-demand table takes by itself, in writes a second. AWS refuses a lower value. */
export const newTableWrites = 4_000;

/** AWS's quota for a table, unless it was raised. */
const mostWrites = 40_000;

/** How many events a second the tables take at once. AWS can't lower it again. */
export const warmThroughput = wholeNumber(
  { from: newTableWrites, to: mostWrites, otherwise: ', or leave it out for what AWS gives a new table' },
  (number) =>
    number.describe(
      'How many events a second the tables take from the first second on. AWS charges for it once. Never lower it.',
    ),
);
