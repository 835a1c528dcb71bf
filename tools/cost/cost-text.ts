/** What `npm run cost` prints. */
import type { Price } from '../../shared/ground/statistics/price-table.ts';
import type { Month, PricedLine, Section } from './month.ts';

const titles: Record<Section['name'], string> = {
  webhooks: 'Webhooks',
  deliveries: 'Deliveries',
  kept: 'What is kept',
  idle: 'When nothing comes',
};

export const centsText = (cents: number): string =>
  `$${(cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

/** Small quantities have three digits, large ones none behind the point. */
export function quantityText(quantity: number): string {
  const digits = quantity >= 1_000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return quantity.toLocaleString('en-US', digits);
}

const perText: Readonly<Record<number, string>> = { 1: 'each', 10000: 'for 10,000', 1000000: 'a million' };

export const priceText = ({ dollars, per }: Price): string =>
  `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 })} ${perText[per] ?? `for ${per}`}`;

const cellsOf = ({ what, quantity, price, cents }: PricedLine): string[] => [
  what,
  `${quantityText(quantity)} ${price.unit}`,
  `x ${priceText(price)}`,
  `= ${centsText(cents)}`,
];

/** Cells below each other, of which the last stands to the right. */
function aligned(rows: readonly string[][]): string[] {
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, at) => (at === 3 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  '),
  );
}

export function monthText({ region, stage, pricesOf, sections, cents, notCounted }: Month): string {
  const rows = sections.map((section) => [
    ...section.lines.map(cellsOf),
    ['together', '', '', `= ${centsText(section.cents)}`],
  ]);
  const lines = aligned([...rows.flat(), ['A month', '', '', `= ${centsText(cents)}`]]);
  const blocks = sections.map(({ name }, at) => {
    const begin = rows.slice(0, at).flat().length;
    return [titles[name], ...lines.slice(begin, begin + (rows[at]?.length ?? 0)).map((line) => `  ${line}`)].join('\n');
  });
  return [
    `The stage ${stage} in ${region}: list prices of ${pricesOf}, without the free tier.`,
    ...blocks,
    `  ${lines.at(-1)}`,
    ...(notCounted.length > 0 ? [`Not counted, because no price is known here: ${notCounted.join(', ')}.`] : []),
  ].join('\n\n');
}

/** For programs. */
export const monthJson = ({ sections, cents, ...month }: Month): object => ({
  ...month,
  sections: sections.map(({ name, lines, cents: sum }) => ({
    name,
    lines: lines.map(({ what, quantity, price, cents: each }) => ({
      ...{ what, quantity, unit: price.unit, dollars: each / 100 },
      price: { dollars: price.dollars, per: price.per },
    })),
    dollars: sum / 100,
  })),
  dollars: cents / 100,
});

/** The lines of a section as they are printed, in Markdown. */
export const sectionBlock = ({ lines, cents }: Section): string =>
  ['```text', ...aligned([...lines.map(cellsOf), ['together', '', '', `= ${centsText(cents)}`]]), '```'].join('\n');

/** A table as the formatter writes it. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, at) => Math.max(3, cell.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
