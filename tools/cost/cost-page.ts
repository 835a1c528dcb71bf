/** The tables of docs/cost.md, made from the templates so that the page has what `npm run cost` prints. */
import type { Template } from '../../local/cloudformation/template.ts';
import { withGenerated } from '../scripts/generated-markdown.ts';
import { readCostOptions } from './cost-options.ts';
import { centsText, markdownTable, priceText, quantityText, sectionBlock } from './cost-text.ts';
import { type Month, monthOf, type Section } from './month.ts';

type Templates = Readonly<Record<'dev' | 'prod', Template>>;

const markers = (part: string) => [`<!-- ${part}: written by npm run cost -->`, `<!-- /${part} -->`] as const;

function monthWith(templates: Templates, args: string): Month {
  const options = readCostOptions(args.split(' '));
  if (options === 'help') throw new Error('no options');
  return monthOf(templates[options.stage], options);
}

function sectionIn({ sections }: Month, name: Section['name']): Section {
  return sections.find((section) => section.name === name) ?? { name, lines: [], cents: 0 };
}

const sizes = ['1KB', '4KB', '20KB', '60KB', '100KB', '200KB', '1MB'];

/** A million webhooks by the size of their bodies. */
function sizeTable(templates: Templates): string {
  const priceOf = (args: string) => centsText(sectionIn(monthWith(templates, `--events 1M ${args}`), 'webhooks').cents);
  const rows = sizes.map((size) => [
    size.replace(/(?=[KM])/, ' '),
    priceOf(`--body ${size}`),
    priceOf(`--body ${size} --binary`),
  ]);
  return markdownTable(['body', "JSON such as GitHub's", 'that no compression makes smaller'], rows);
}

/** A month by its webhooks, with one delivery each and five endpoints. */
function volumeTable(templates: Templates): string {
  const rows = ['100K', '1M', '10M', '100M'].map((events) => {
    const month = monthWith(templates, `--stage prod --events ${events} --connections 5 --destinations 2`);
    const [webhooks, deliveries, kept, idle] = (['webhooks', 'deliveries', 'kept', 'idle'] as const).map((name) =>
      centsText(sectionIn(month, name).cents),
    );
    return [events, webhooks ?? '', deliveries ?? '', kept ?? '', idle ?? '', centsText(month.cents)];
  });
  return markdownTable(['webhooks', 'to the bus', 'deliveries', 'kept', 'idle', 'together'], rows);
}

/** A month in which nothing comes, in both stages. */
function idleTable(templates: Templates): string {
  const [dev, prod] = (['dev', 'prod'] as const).map((stage) =>
    sectionIn(monthWith(templates, `--stage ${stage}`), 'idle'),
  ) as [Section, Section];
  const units = [...new Set([...dev.lines, ...prod.lines].map(({ price: { unit } }) => unit))];
  const rows = units.map((unit) => {
    const [inDev, inProd] = [dev, prod].map(({ lines }) => lines.find(({ price }) => price.unit === unit));
    const { what = '', price } = inDev ?? inProd ?? {};
    const [ofDev, ofProd] = [inDev, inProd].map((line) => line && `${quantityText(line.quantity)} ${unit}`);
    const quantity = ofDev === ofProd ? ofDev : `${ofDev ?? 'none'}, in prod ${ofProd ?? 'none'}`;
    const dollars = [inDev, inProd].map((line) => centsText(line?.cents ?? 0));
    return [what, quantity ?? '', price ? priceText(price) : '', ...dollars];
  });
  const sums = [dev, prod].map(({ cents }) => `**${centsText(cents)}**`);
  return markdownTable(['what', 'quantity', 'price', 'dev', 'prod'], [...rows, ['**together**', '', '', ...sums]]);
}

/** @throws if the page lacks the place of a table */
export function withCosts(page: string, templates: Templates): string {
  const million = monthWith(templates, '--events 1M --deliveries 1M');
  const parts: [name: string, part: string][] = [
    ['webhooks', sectionBlock(sectionIn(million, 'webhooks'))],
    ['deliveries', sectionBlock(sectionIn(million, 'deliveries'))],
    ['sizes', sizeTable(templates)],
    ['volumes', volumeTable(templates)],
    ['idle', idleTable(templates)],
  ];
  return parts.reduce((text, [name, part]) => withGenerated(text, markers(name), part), page);
}
