/** What an event pattern costs at most, within the budget of its steps, by the text that it is compared with. */
import { compilePattern } from '../../shared/ground/pattern/event-pattern.ts';
import { stepBudget } from '../../shared/ground/pattern/step-budget.ts';
import type { Figure } from './budget.ts';

const textBytes = 4 * 1024 * 1024;
/** The most values of a pattern that a search takes, if they are short. */
const values = 900;
/** The length of a text that takes no step of its own, in characters. */
const freeLength = 255;

const ascii = ['A'];
/** A letter that is two in lower case, one whose neighbours decide, and one in which other bytes are taken for a letter. */
const beyond = ['İ', 'Σ', '慡'];

/** The patterns that cost most for a text of one character: what they look for, they nearly find. */
const patternsFor = (unit: string): unknown[][] => {
  const ignoringCase = (text: string) => ({ 'equals-ignore-case': text });
  const each = (make: (at: number) => unknown) => Array.from({ length: values }, (_, at) => make(at));
  return [
    each((at) => ignoringCase(unit.repeat(freeLength) + at)),
    each((at) => ({ prefix: ignoringCase(`v${at}`) })),
    each((at) => ({ suffix: ignoringCase(`v${at}`) })),
    each((at) => ({ wildcard: `*${unit.repeat(5)}z*${at}` })),
    each((at) => ({ cidr: `10.${at % 256}.0.0/16` })),
  ];
};

/** Texts as an event has them: one that is long, and many for which the steps are fewest. */
function textsOf(unit: string): unknown[] {
  const long = unit.repeat(textBytes / Buffer.byteLength(unit));
  const short = unit.repeat(Math.floor(freeLength / unit.length));
  const many = Array.from({ length: textBytes / Buffer.byteLength(short) }, () => short);
  return [long, many].map((text) => JSON.parse(JSON.stringify(text)));
}

/** The CPU time of one matching, in ms. */
function cpuOf(pattern: unknown, text: unknown): number {
  const matches = compilePattern({ text: pattern });
  const began = process.cpuUsage();
  matches({ text }, stepBudget());
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
}

/** The CPU time of the dearest pattern over texts of one of these characters. */
const dearest = (units: readonly string[]): number =>
  Math.max(
    ...units.flatMap((unit) => textsOf(unit).flatMap((text) => patternsFor(unit).map((each) => cpuOf(each, text)))),
  );

export function patternCosts(): Figure[] {
  const [usual, worst] = [dearest(ascii), dearest(beyond)];
  const what = 'CPU of the dearest pattern over 4 MB';
  return [
    { what: `${what} of ASCII`, value: usual, shown: `${usual.toFixed(0)} ms` },
    {
      what: `${what} of other text, over that of ASCII`,
      value: worst / usual,
      shown: `${(worst / usual).toFixed(2)}× (${worst.toFixed(0)} ms)`,
      budget: { most: 3, shown: '3×' },
    },
  ];
}
