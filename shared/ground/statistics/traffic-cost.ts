/**
 * What webhooks and deliveries use of AWS. `npm run cost` prices a month with it, and the console what came this month.
 *
 * Calls and units are counted by `npm run bench`, `test/functions/count-cost.test.ts` and `dispatch-cost.test.ts`. Durations can be measured
 * in AWS alone, so they are assumed: a table answers in 5 ms, a receiver in 100 ms, and our own code takes less than one (`npm run bench`).
 */
import { type CostLine, dollarsOf, type PriceName, type Prices } from './price-table.ts';

/** What is counted, and billed. */
export interface BilledCounts {
  accepted: number;
  duplicates: number;
  refused: number;
  delivered: number;
  /** Attempts that a destination did not take. */
  failed: number;
}

/** What one webhook uses, by the size of its body. */
export interface BodyUse {
  requests: number;
  /** Write units of the event and of its row in the index. */
  writes: number;
  events: number;
  uploads: number;
}

/** A webhook of 1 KB with a real sender's headers. */
export const smallBody: BodyUse = { requests: 1, writes: 2, events: 1, uploads: 0 };

/** The functions on the way of a webhook and of a delivery: how long a call takes, in milliseconds, and its usual memory, in MB. */
export const billedFunctions = {
  authorize: { ms: 7, memoryMb: 512 },
  ingest: { ms: 7, memoryMb: 512 },
  /** A batch of ten. */
  relay: { ms: 40, memoryMb: 512 },
  /** A batch of fifty: what a hundred a second leave in the four parts of a stream within its window of two seconds. */
  'count-events': { ms: 40, memoryMb: 256 },
  /** A batch of ten, whose slowest receiver takes 100 ms. */
  dispatch: { ms: 130, memoryMb: 512 },
} as const;

export type BilledFunction = keyof typeof billedFunctions;

/** What one of a kind uses. Logs are in bytes. */
interface Use extends Partial<Record<Exclude<PriceName, 'call' | 'compute' | 'log'>, number>> {
  calls: Partial<Record<BilledFunction, number>>;
  logBytes: number;
  /** Write units of statistics. */
  counts: number;
}

/** Bytes of logs: one line of the API, one of ingest, and a tenth of the relay's. The bench counts them. */
export const webhookLogBytes = 540;
/** Write units of the statistics of one webhook, a hundred a second. */
export const webhookCountUnits = 0.082;

const answered = { authorize: 1, ingest: 1 } as const;

/** One refused by its signature or its size; authorize alone refuses for less. */
const refusal: Use = { calls: answered, request: 1, read: 1, logBytes: webhookLogBytes, counts: 0 };

const webhookUse = ({
  requests,
  writes,
  events,
  uploads,
}: BodyUse): Record<'accepted' | 'duplicates' | 'refused', Use> => ({
  accepted: {
    calls: { ...answered, relay: 1 / 10, 'count-events': 1 / 50 },
    ...{ request: requests, read: 1, write: writes, event: events, upload: uploads },
    logBytes: webhookLogBytes,
    counts: webhookCountUnits,
  },
  // The write that its condition refuses costs what it would have written; then the first event is read.
  duplicates: { ...refusal, request: requests, read: 2, write: Math.max(1, writes - 1) },
  refused: { ...refusal, request: requests },
});

const deliveryUse: Record<'delivered' | 'failed', Use> = {
  delivered: {
    calls: { dispatch: 1 / 10 },
    // Sent, received and deleted, ten at a time.
    fairQueue: 3 / 10,
    // Its row and its destination, the event at half the price, and a tenth of the destination and its health once a batch.
    read: 1 + 1 + 0.5 + 2 / 10,
    // The row, and its place in the list of its destination.
    write: 2,
    counts: 2 / 10,
    logBytes: 30,
  },
  // It comes back alone. The attempt is kept, and the row has places in two lists more.
  failed: { calls: { dispatch: 1 }, fairQueue: 3, read: 4.5, write: 6, counts: 2, logBytes: 300 },
};

/** The lines of these kinds together. */
function linesOf(
  uses: readonly (readonly [count: number, use: Use])[],
  memoryMb: (name: BilledFunction) => number,
): CostLine[] {
  const sum = (of: (use: Use) => number | undefined) =>
    uses.reduce((total, [count, use]) => total + count * (of(use) ?? 0), 0);
  const names = Object.keys(billedFunctions) as BilledFunction[];
  const compute = names.map((name): CostLine => {
    const { ms } = billedFunctions[name];
    const quantity = sum(({ calls }) => calls[name]) * (ms / 1000) * (memoryMb(name) / 1024);
    return { what: `${name}, ${memoryMb(name)} MB for ${ms} ms`, price: 'compute', quantity };
  });
  const lines: CostLine[] = [
    { what: 'API', price: 'request', quantity: sum(({ request }) => request) },
    {
      what: 'Lambda',
      price: 'call',
      quantity: names.reduce((total, name) => total + sum(({ calls }) => calls[name]), 0),
    },
    ...compute,
    { what: 'reads', price: 'read', quantity: sum(({ read }) => read) },
    { what: 'writes', price: 'write', quantity: sum(({ write }) => write) },
    { what: 'statistics', price: 'write', quantity: sum(({ counts }) => counts) },
    { what: 'large bodies', price: 'upload', quantity: sum(({ upload }) => upload) },
    { what: 'bus', price: 'event', quantity: sum(({ event }) => event) },
    { what: 'queue', price: 'fairQueue', quantity: sum(({ fairQueue }) => fairQueue) },
    { what: 'logs', price: 'log', quantity: sum(({ logBytes }) => logBytes) / 1e9 },
  ];
  return lines.filter(({ quantity }) => quantity > 0);
}

const usualMemory = (name: BilledFunction): number => billedFunctions[name].memoryMb;

export const webhookCost = (
  { accepted, duplicates, refused }: BilledCounts,
  body: BodyUse = smallBody,
  memoryMb = usualMemory,
): CostLine[] => {
  const use = webhookUse(body);
  return linesOf(
    [
      [accepted, use.accepted],
      [duplicates, use.duplicates],
      [refused, use.refused],
    ],
    memoryMb,
  );
};

export const deliveryCost = ({ delivered, failed }: BilledCounts, memoryMb = usualMemory): CostLine[] =>
  linesOf(
    [
      [delivered, deliveryUse.delivered],
      [failed, deliveryUse.failed],
    ],
    memoryMb,
  );

/** The dollars of what came, without storage and without what costs money when nothing comes. */
export const trafficDollars = (counts: BilledCounts, prices: Prices): number =>
  [...webhookCost(counts), ...deliveryCost(counts)].reduce((total, line) => total + dollarsOf(line, prices), 0);
