import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Period, periods } from '../../../shared/ground/statistics/period.ts';
import { refusedCountOf } from '../../../shared/ground/statistics/refused-count.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { painted, table } from '../output/table.ts';
import type { OpenSession } from '../session.ts';
import { examples } from './examples.ts';
import { parseTime } from './time-option.ts';

type Item = ApiAnswer<'GET /v1/stats'>['items'][number];
type Field = NonNullable<Item['inexact']>[number];

/** A moment, as a time or as how long ago it is. */
type Since = { at: string } | { agoMs: number };

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a moment.
 * @throws InvalidArgumentError if it is neither a time nor such as `24h`
 */
function since(text: string): Since {
  const [, count, unit = ''] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return { agoMs: Number(count) * (unitMs[unit] ?? 0) };
  if (/^\d{4}/.test(text)) return { at: parseTime(text) };
  throw new InvalidArgumentError('It must be such as 90m, 24h or 7d, or a time such as 2026-03-01T12:00:00Z.');
}

const timeOf = (moment: Since, now: Date): string =>
  'at' in moment ? moment.at : new Date(now.getTime() - moment.agoMs).toISOString();

/** How a count is wrong if it is inexact. What was published is worked out from several counts. */
const inexactly: Readonly<Record<Field, string>> = {
  accepted: 'at most',
  duplicates: 'at least',
  conflicts: 'at most',
  refused: 'at least',
  published: 'about',
  givenUp: 'at most',
};

const countIn = (item: Item, field: Field): number =>
  field === 'refused' ? refusedCountOf(item.refused).count : item[field];

const fields: readonly Field[] = ['accepted', 'duplicates', 'conflicts', 'refused', 'published', 'givenUp'];

const isEmpty = (item: Item): boolean => fields.every((field) => countIn(item, field) === 0 && !isInexact(item, field));

const isInexact = ({ inexact = [] }: Item, field: Field): boolean => inexact.includes(field);

function rowOf(item: Item) {
  const counted = (field: Field): string =>
    `${isInexact(item, field) ? `${inexactly[field]} ` : ''}${countIn(item, field)}`;
  const reasons = Object.entries(item.refused).map(([reason, count]) => `${reason} ${count}`);
  return [item.at, ...fields.map(counted), painted('red', reasons.join(', '))];
}

interface StatsOptions {
  by: Period;
  since?: Since;
}

/** `stats`: how many webhooks came, and what became of them. */
export function addStats(program: Command, open: OpenSession): void {
  program
    .command('stats [name]')
    .description('count the webhooks of a connection, or of all; periods in which nothing came are left out')
    .addOption(new Option('--by <period>', 'count by minute, hour or day').choices([...periods]).default('hour'))
    .option('--since <time>', 'from this time on, or such as 90m, 24h or 7d ago', since)
    .addHelpText('after', examples('hooklatch stats orders', 'hooklatch stats --by day --since 30d --json'))
    .action(async (name: string | undefined, { by, since }: StatsOptions, command: Command) => {
      const session = open(command);
      const { api, terminal } = session;
      const query = { by, ...(since && { from: timeOf(since, terminal.now()) }) };
      let asOf: string | undefined;
      const request = {
        query,
        onAsOf: (at: string) => {
          asOf = at;
        },
      };
      const answer =
        name === undefined
          ? await api.call('GET /v1/stats', request)
          : await api.call('GET /v1/connections/{name}/stats', { params: { name }, ...request });
      session.print(answer, (isColoured) =>
        table(
          ['FROM', 'ACCEPTED', 'DUPLICATES', 'CONFLICTS', 'REFUSED', 'PUBLISHED', 'GIVEN UP', 'REASONS'],
          answer.items.filter((item) => !isEmpty(item)).map(rowOf),
          isColoured,
        ),
      );
      if (asOf !== undefined && !session.isJson) session.tell(`Counted until ${asOf}.`);
    });
}
