const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Parses a schedule expression into the milliseconds between two firings. Only `rate` is supported. For any
 * other expression, throws an Error that says what to write instead.
 */
export function parseRate(expression: string): number {
  const [, digits = '', unit = '', plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const count = Number(digits);
  const milliseconds = unitMs[unit as keyof typeof unitMs] * count;
  if (!(milliseconds > 0) || (count === 1) !== (plural === '')) {
    throw new Error(
      `the schedule ${expression} is not supported: write rate(1 minute), rate(5 minutes), hours or days`,
    );
  }
  return milliseconds;
}
