/** The flags of `npm run test:chaos`. */
import { parseArgs } from 'node:util';

export interface Flags {
  /** The seeds to run. */
  seeds: number[];
  /** How many seeds run at once. */
  jobs: number;
  /** Whether to check that the planted faults are found. */
  mutants: boolean;
  /** Whether a single failing seed is repeated. */
  isRepeat: boolean;
}

export const usage = `Runs seeds of webhooks, operators' work and faults. Then checks that every planted fault is found.

  npm run test:chaos -- [options]

  --seeds COUNT   the number of seeds (default 1000)
  --first SEED    the first seed (default 1)
  --seed SEED     run only this seed, and print its plan
  --jobs COUNT    how many seeds run at once (default 2)
  --no-mutants    skip the planted faults
`;

const options = {
  seeds: { type: 'string', default: '1000' },
  first: { type: 'string', default: '1' },
  seed: { type: 'string' },
  jobs: { type: 'string', default: '2' },
  mutants: { type: 'boolean', default: true },
} as const;

/** @throws Error, in one line, if a flag can't be used */
export function readFlags(args: string[]): Flags {
  const { values } = parseArgs({ args, options, allowNegative: true });
  const count = number('seeds', values.seeds, 0);
  const first = number('first', values.first, 1);
  const jobs = number('jobs', values.jobs, 1);
  if (values.seed !== undefined) {
    return { seeds: [number('seed', values.seed, 1)], jobs, mutants: false, isRepeat: true };
  }
  return {
    seeds: Array.from({ length: count }, (_, at) => first + at),
    jobs,
    mutants: values.mutants,
    isRepeat: false,
  };
}

function number(name: string, text: string, least: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw new Error(`--${name} must be a whole number from ${least} to 999999999, not ${text}`);
}
