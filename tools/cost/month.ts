/** What a month costs, by section and line. The lines of a section add up to its sum, and the sums to the whole, as they are printed. */
import type { Template } from '../../local/cloudformation/template.ts';
import {
  type CostLine,
  dollarsOf,
  hoursOfMonth,
  type Price,
  type Prices,
  pricesOf,
  regions,
} from '../../shared/ground/statistics/price-table.ts';
import {
  type BilledFunction,
  deliveryCost,
  webhookCost,
  webhookLogBytes,
} from '../../shared/ground/statistics/traffic-cost.ts';
import { bodyUseOf, type SizedUse } from './body-use.ts';
import type { CostOptions } from './cost-options.ts';
import { idleLines, isBackedUp, memoryIn, trafficMetrics, unpricedTypes } from './idle-lines.ts';

export interface PricedLine {
  what: string;
  quantity: number;
  price: Price;
  cents: number;
}

export interface Section {
  name: 'webhooks' | 'deliveries' | 'kept' | 'idle';
  lines: PricedLine[];
  cents: number;
}

export interface Month {
  region: string;
  stage: string;
  pricesOf: string;
  sections: Section[];
  cents: number;
  /** Types of resources in the template whose price is not known. */
  notCounted: string[];
}

/**
 * Rounds amounts so that they add up to their rounded sum: each is rounded down, and the cents that are missing go to those that lost most.
 */
export function inCents(dollars: readonly number[]): number[] {
  // What arithmetic leaves behind the ninth digit is no part of an amount.
  const exact = dollars.map((each) => Number((each * 100).toFixed(7)));
  const cents = exact.map(Math.floor);
  const missing = Math.round(exact.reduce((sum, each) => sum + each, 0)) - cents.reduce((sum, each) => sum + each, 0);
  const byLoss = exact
    .map((each, at) => ({ at, lost: each - Math.floor(each) }))
    .toSorted((one, other) => other.lost - one.lost || one.at - other.at);
  for (const { at } of byLoss.slice(0, missing)) cents[at] = (cents[at] ?? 0) + 1;
  return cents;
}

function sectionOf(name: Section['name'], lines: readonly CostLine[], prices: Prices): Section {
  const cents = inCents(lines.map((line) => dollarsOf(line, prices)));
  return {
    name,
    lines: lines.map(({ what, quantity, price }, at) => ({
      ...{ what, quantity, price: prices[price] },
      cents: cents[at] ?? 0,
    })),
    cents: cents.reduce((sum, each) => sum + each, 0),
  };
}

/** For how many days events and logs are kept, and rows of deliveries, which outlive their event. */
const [keptDays, rowDays] = [30, 60];
/** Bytes of a delivery's row and of its place in a list: a unit each, at most. */
const rowBytes = 2_000;

/** What is kept, once as much goes as comes. */
function keptLines(template: Template, { events, deliveries }: CostOptions, use: SizedUse): CostLine[] {
  const months = (days: number) => (days * 24) / hoursOfMonth;
  const eventGb = (events * months(keptDays) * use.tableBytes) / 1e9;
  const rowGb = (deliveries * months(rowDays) * rowBytes) / 1e9;
  const backedUp = (isBackedUp(template, 'Events') ? eventGb : 0) + (isBackedUp(template, 'Deliveries') ? rowGb : 0);
  const lines: CostLine[] = [
    { what: `events, ${keptDays} days`, price: 'table', quantity: eventGb },
    { what: `deliveries, ${rowDays} days`, price: 'table', quantity: rowGb },
    { what: 'backups', price: 'backup', quantity: backedUp },
    {
      what: `large bodies, ${keptDays} days`,
      price: 'bucket',
      quantity: (events * months(keptDays) * use.bucketBytes) / 1e9,
    },
    {
      what: `logs, ${keptDays} days`,
      price: 'keptLog',
      quantity: (events * months(keptDays) * webhookLogBytes) / 1e9,
    },
    { what: 'the metric of accepted webhooks', price: 'metric', quantity: events > 0 ? trafficMetrics(template) : 0 },
  ];
  return lines.filter(({ quantity }) => quantity > 0);
}

/** @throws if the template has something whose price can't be counted */
export function monthOf(template: Template, options: CostOptions): Month {
  const { region, stage, events, duplicates, refused, deliveries, failed, endpoints, destinations } = options;
  const prices = regions[region];
  if (!prices) throw new Error(`no prices of ${region} are known`);
  const use = bodyUseOf(options.body, options.isText);
  const counts = { accepted: events, duplicates, refused, delivered: deliveries, failed };
  const memory = (name: BilledFunction) => memoryIn(template, name);
  const sections = [
    sectionOf('webhooks', webhookCost(counts, use, memory), prices),
    sectionOf('deliveries', deliveryCost(counts, memory), prices),
    sectionOf('kept', keptLines(template, options, use), prices),
    sectionOf('idle', idleLines(template, endpoints + destinations), prices),
  ].filter(({ lines }) => lines.length > 0);
  return {
    ...{ region, stage, pricesOf, sections },
    cents: sections.reduce((sum, { cents }) => sum + cents, 0),
    notCounted: unpricedTypes(template),
  };
}
