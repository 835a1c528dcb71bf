/** The options of `npm run cost`. */
import { parseArgs } from 'node:util';
import { regions, usualRegion } from '../../shared/ground/statistics/price-table.ts';

/** What the user can correct. */
export class OptionError extends Error {}

export interface CostOptions {
  events: number;
  /** The size of a body, in bytes, and whether it is JSON. */
  body: number;
  isText: boolean;
  duplicates: number;
  refused: number;
  deliveries: number;
  failed: number;
  endpoints: number;
  destinations: number;
  region: string;
  stage: 'dev' | 'prod';
  isJson: boolean;
  /** Write docs/cost.md instead. */
  updatePage: boolean;
}

export const usage = `npm run cost -- [options]     what a month costs, by line

  --events 1M         webhooks that are accepted in the month: 250000, 250K, 1M, 1B (default 0)
  --body 1KB          the size of a body: 900B, 1KB, 2MB (default 1KB)
  --binary            bodies that no compression makes smaller (default: JSON such as GitHub's)
  --duplicates 10K    webhooks that came before
  --refused 10K       webhooks that are refused
  --deliveries 1M     deliveries that go well (default: one of each webhook if there is a destination)
  --failed 10K        attempts that a destination does not take
  --connections 5     connections; each has an endpoint unless --endpoints says less
  --endpoints 5       endpoints with a token
  --destinations 2    destinations
  --region ${usualRegion}  one of: ${Object.keys(regions).join(', ')}
  --stage dev         dev or prod
  --json              for programs
  --update-page       writes the tables of docs/cost.md`;

const factors = { '': 1, K: 1e3, M: 1e6, B: 1e9 } as const;
const sizes = { '': 1, B: 1, KB: 1024, MB: 1024 ** 2 } as const;

const maxCount = 1e12;
/** The largest body that is stored. */
const maxBody = 4 * 1024 ** 2;

interface Form {
  units: Readonly<Record<string, number>>;
  most: number;
  example: string;
}

const counts: Form = { units: factors, most: maxCount, example: '250000, 250K or 1M' };
const bodySizes: Form = { units: sizes, most: maxBody, example: '900B, 1KB or 2MB, and at most 4MB' };

/** @throws OptionError if it is no whole number with one of the units */
function numberOf(option: string, text: string, { units, most, example }: Form): number {
  const [, digits = '', unit = ''] = /^([\d,_]*\.?\d+) ?([A-Za-z]*)$/.exec(text.trim()) ?? [];
  const value = Number(digits.replace(/[,_]/g, '') || Number.NaN) * (units[unit.toUpperCase()] ?? Number.NaN);
  if (!Number.isInteger(value) || value > most)
    throw new OptionError(`--${option} can't be ${text}: write ${example}.`);
  return value;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const optionTypes = {
  ...{ events: text, body: text, binary: flag, duplicates: text, refused: text, deliveries: text, failed: text },
  ...{ connections: text, endpoints: text, destinations: text, region: text, stage: text },
  ...{ json: flag, 'update-page': flag, help: flag },
} as const;

function valuesOf(args: string[]) {
  try {
    return parseArgs({ args, options: optionTypes, allowPositionals: false }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message}\n\n${usage}`);
  }
}

/** @throws OptionError, whose text says what to write instead */
export function readCostOptions(args: string[]): CostOptions | 'help' {
  const values = valuesOf(args);
  if (values.help) return 'help';
  const { region = usualRegion, stage = 'dev' } = values;
  if (!Object.hasOwn(regions, region))
    throw new OptionError(
      `Nobody has read the prices of ${region}. Known: ${Object.keys(regions).join(', ')}. Use --region ${usualRegion} for an estimate, or add those of ${region} to shared/ground/statistics/price-table.ts.`,
    );
  if (stage !== 'dev' && stage !== 'prod') throw new OptionError(`--stage can't be ${stage}: write dev or prod.`);
  const count = (name: 'events' | 'connections' | 'destinations' | 'duplicates' | 'refused' | 'failed') =>
    numberOf(name, values[name] ?? '0', counts);
  const [events, destinations, connections] = [count('events'), count('destinations'), count('connections')];
  const endpoints = values.endpoints === undefined ? connections : numberOf('endpoints', values.endpoints, counts);
  if (values.connections !== undefined && endpoints > connections)
    throw new OptionError(`A connection has one endpoint at most: --connections must be at least ${endpoints}.`);
  const usualDeliveries = destinations > 0 ? events : 0;
  return {
    ...{ events, destinations, endpoints, region, stage },
    body: numberOf('body', values.body ?? '1KB', bodySizes),
    isText: values.binary !== true,
    ...{ duplicates: count('duplicates'), refused: count('refused'), failed: count('failed') },
    deliveries: values.deliveries === undefined ? usualDeliveries : numberOf('deliveries', values.deliveries, counts),
    ...{ isJson: values.json === true, updatePage: values['update-page'] === true },
  };
}
