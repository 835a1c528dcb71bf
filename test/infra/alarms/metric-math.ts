/** Evaluates an alarm on a metric-math expression over hand-written series, as CloudWatch describes it. */

/** The values of a metric, one for each period. A period without data is undefined. */
export type Series = readonly (number | undefined)[];

const tokensOf = (expression: string): string[] => expression.match(/[A-Za-z]\w*|\d+|[()[\],>+/]/g) ?? [];

/**
 * The values of an expression. It may have the functions FILL (with a number or REPEAT), IF and MAX (of an array), `>`, `+` and `/`. A
 * value is missing if a value that it is made from is missing, also that of MAX: AWS does not say that MAX leaves out what is missing. REPEAT
 * knows only the periods of these series.
 * @throws if the expression has anything else
 */
export function seriesOf(expression: string, metrics: Readonly<Record<string, Series>>, length: number): Series {
  const tokens = tokensOf(expression);
  const constant = (value: number): Series => Array<number>(length).fill(value);
  const next = (expected?: string): string => {
    const token = tokens.shift();
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`expected ${expected ?? 'more'} in ${expression}, got ${token}`);
    return token;
  };
  const fill = (): Series => {
    next('(');
    const series = compared();
    next(',');
    if (tokens[0] === 'REPEAT') {
      next();
      next(')');
      let last: number | undefined;
      return series.map((value) => {
        last = value ?? last;
        return last;
      });
    }
    const by = compared();
    next(')');
    return series.map((value, at) => value ?? by[at]);
  };
  const choice = (): Series => {
    next('(');
    const condition = compared();
    next(',');
    const yes = compared();
    next(',');
    const no = compared();
    next(')');
    return condition.map((value, at) => (value === undefined ? undefined : value === 0 ? no[at] : yes[at]));
  };
  const highest = (): Series => {
    next('(');
    next('[');
    const all = [compared()];
    while (tokens[0] === ',') {
      next();
      all.push(compared());
    }
    next(']');
    next(')');
    return all.reduce((one, other) => both(one, other, Math.max));
  };
  const operand = (): Series => {
    const token = next();
    if (token === 'MAX') return highest();
    if (token === 'FILL') return fill();
    if (token === 'IF') return choice();
    if (/^\d+$/.test(token)) return constant(Number(token));
    const series = metrics[token];
    if (series?.length !== length) throw new Error(`${token} in ${expression} is no metric with ${length} periods`);
    return series;
  };
  const both = (one: Series, other: Series, join: (a: number, b: number) => number): Series =>
    one.map((a, at) => {
      const b = other[at];
      return a === undefined || b === undefined ? undefined : join(a, b);
    });
  const shared = (): Series => {
    let share = operand();
    while (tokens[0] === '/') {
      next();
      share = both(share, operand(), (a, b) => a / b);
    }
    return share;
  };
  const summed = (): Series => {
    let sum = shared();
    while (tokens[0] === '+') {
      next();
      sum = both(sum, shared(), (a, b) => a + b);
    }
    return sum;
  };
  const compared = (): Series => {
    const left = summed();
    if (tokens[0] !== '>') return left;
    next();
    return both(left, summed(), (a, b) => Number(a > b));
  };
  const result = compared();
  if (tokens.length > 0) throw new Error(`${tokens.join(' ')} is left of ${expression}`);
  return result;
}

export interface MathAlarm {
  expression: string;
  evaluationPeriods: number;
  threshold: number;
  treatMissingData: string;
}

/** CloudWatch reads at most so many periods more than it evaluates. */
const periodsBefore = 2;

/** The state of an alarm after each period. It breaches at or above the threshold. */
export function statesOf(alarm: MathAlarm, metrics: Readonly<Record<string, Series>>): ('OK' | 'ALARM')[] {
  const length = Math.max(...Object.values(metrics).map((series) => series.length));
  let state: 'OK' | 'ALARM' = 'OK';
  return Array.from({ length }, (_, end) => {
    const from = Math.max(0, end + 1 - alarm.evaluationPeriods - periodsBefore);
    const seen = Object.fromEntries(Object.entries(metrics).map(([id, series]) => [id, series.slice(from, end + 1)]));
    const known = seriesOf(alarm.expression, seen, end + 1 - from)
      .slice(-alarm.evaluationPeriods)
      .filter((value) => value !== undefined);
    if (known.some((value) => value < alarm.threshold)) state = 'OK';
    else if (known.length === alarm.evaluationPeriods) state = 'ALARM';
    else if (alarm.treatMissingData !== 'ignore') state = 'OK';
    return state;
  });
}
