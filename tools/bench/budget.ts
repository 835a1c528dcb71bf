/** A measured figure, with its budget. Without a budget it is for information only. */
export interface Figure {
  what: string;
  value: number;
  /** The value as text, with its unit. */
  shown: string;
  budget?: { most: number; shown: string };
}

/** Whether a figure is within its budget. */
export const isWithin = ({ value, budget }: Figure): boolean => budget === undefined || value <= budget.most;

const verdictOf = (figure: Figure): string => {
  if (!figure.budget) return 'for information';
  return isWithin(figure) ? 'within' : 'MISSED';
};

/** Formats figures as a table in plain text. */
export function tableOf(figures: Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    figure.shown,
    figure.budget ? `≤ ${figure.budget.shown}` : '',
    verdictOf(figure),
  ]);
  const all = [['what', 'measured', 'budget', 'verdict'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The middle value. For an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  return ((sorted[half] ?? 0) + (sorted[sorted.length - 1 - half] ?? 0)) / 2;
}
