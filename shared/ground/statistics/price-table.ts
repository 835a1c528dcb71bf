/**
 * List prices of AWS, by region, without the free tier and without volume discounts. `npm run cost` and the console have no other ones.
 *
 * As AWS lists them in November 2026, on these pages of aws.amazon.com: /api-gateway/pricing, /lambda/pricing (arm64), /dynamodb/pricing/on-demand,
 * /eventbridge/pricing, /sqs/pricing, /secrets-manager/pricing, /cloudwatch/pricing and /s3/pricing.
 */

/** The month in which the prices were read. */
export const pricesOf = '2026-11';

/** Hours of a month, as AWS counts them in its examples. */
export const hoursOfMonth = 730;

/** So many dollars for so many of the unit. */
export interface Price {
  dollars: number;
  per: number;
  unit: string;
}

const million = 1_000_000;

const northVirginia = {
  /** One for each 512 KB of a request. */
  request: { dollars: 1, per: million, unit: 'requests to the API' },
  call: { dollars: 0.2, per: million, unit: 'calls of Lambda' },
  compute: { dollars: 13.3334, per: million, unit: 'GB-seconds' },
  /** A strongly consistent read of up to 4 KB. An eventually consistent one is half a unit. */
  read: { dollars: 0.125, per: million, unit: 'read units' },
  /** One for each KB of an item, and of its row in an index. */
  write: { dollars: 0.625, per: million, unit: 'write units' },
  /** One for each 64 KB of an event. */
  event: { dollars: 1, per: million, unit: 'events on the bus' },
  queue: { dollars: 0.4, per: million, unit: 'requests to a queue' },
  /** With a message group on a queue that is not FIFO. Which requests cost more is not clear, so all of them do here. */
  fairQueue: { dollars: 0.5, per: million, unit: 'requests to a queue with groups' },
  upload: { dollars: 5, per: million, unit: 'uploads to a bucket' },
  log: { dollars: 0.5, per: 1, unit: 'GB of logs written' },
  secret: { dollars: 0.4, per: 1, unit: 'secrets' },
  secretCall: { dollars: 0.05, per: 10_000, unit: 'calls of the secret store' },
  alarm: { dollars: 0.1, per: 1, unit: 'metrics of alarms' },
  compositeAlarm: { dollars: 0.5, per: 1, unit: 'composite alarms' },
  metric: { dollars: 0.3, per: 1, unit: 'metrics of our own' },
  schedule: { dollars: 1, per: million, unit: 'calls of the scheduler' },
  table: { dollars: 0.25, per: 1, unit: 'GB in tables' },
  backup: { dollars: 0.2, per: 1, unit: 'GB of backups' },
  bucket: { dollars: 0.023, per: 1, unit: 'GB in buckets' },
  keptLog: { dollars: 0.03, per: 1, unit: 'GB of logs kept' },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof northVirginia;
export type Prices = Readonly<Record<PriceName, Price>>;

/** Only regions whose prices somebody has read. */
export const regions: Readonly<Record<string, Prices>> = { 'us-east-1': northVirginia };

export const usualRegion = 'us-east-1';

/** The prices of the region that the documentation has, and the console. */
export const usualPrices: Prices = northVirginia;

/** A quantity at a price. */
export interface CostLine {
  what: string;
  price: PriceName;
  quantity: number;
}

/** The exact dollars of a quantity. */
export const dollarsOf = ({ price, quantity }: CostLine, prices: Prices): number =>
  (quantity / prices[price].per) * prices[price].dollars;
