const unitMilliseconds = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * The milliseconds between two firings of a schedule's expression.
 * Throws an Error that says what to write, since of EventBridge's expressions `rate` alone runs here.
 */
export function parseRate(expression: string): number {
  const [, digits = '', unit = '', plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const count = Number(digits);
  const milliseconds = unitMilliseconds[unit as keyof typeof unitMilliseconds] * count;
  if (!(milliseconds > 0) || (count === 1) !== (plural === '')) {
    throw new Error(
      `the schedule ${expression} does not run here: write rate(1 minute), rate(5 minutes), hours or days`,
    );
  }
  return milliseconds;
}
