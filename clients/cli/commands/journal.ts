import { type Command, Option } from 'commander';
import { printable } from '../../../shared/ground/base/printable.ts';
import { refusedCountOf } from '../../../shared/ground/statistics/refused-count.ts';
import type { ApiAnswer, ApiClient } from '../../../shared/operators/api/api-client.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { ruleChangesText } from '../../../shared/operators/api/rule-changes-text.ts';
import { textsAbout } from '../answer-words.ts';
import { painted, table } from '../output/table.ts';
import type { OpenSession } from '../session.ts';
import { examples } from './examples.ts';
import { type ListOptions, noteMore, readPages, withListOptions } from './listing.ts';
import { parseTime } from './time-option.ts';

/** A range of times, both as ISO 8601. */
export interface RangeOptions {
  from?: string;
  to?: string;
}

/**
 * Adds the options of a range of time.
 * @param isFromRequired whether the range must have a beginning
 */
export const withRangeOptions = (command: Command, { isFromRequired = false } = {}): Command =>
  command
    .addOption(
      new Option('--from <time>', 'from this time on, such as 2026-03-01T12:00:00Z; a date begins in UTC')
        .argParser(parseTime)
        .makeOptionMandatory(isFromRequired),
    )
    .option('--to <time>', 'before this time', parseTime);

type Rejection = ApiAnswer<'GET /v1/connections/{name}/rejections'>['items'][number];

/** The reasons that mean that the sender has another URL, token or secret than the endpoint. */
const mustMatch: ReadonlySet<string> = new Set([
  'endpoint_unknown',
  'token_malformed',
  'token_unknown',
  'signature_mismatch',
]);

const counted = ({ count, atLeast }: { count: number; atLeast?: true | undefined }): string =>
  `${atLeast ? 'at least ' : ''}${count}`;

/** All that were refused in the time of a list, also those behind its end. */
function totalText(byReason: Readonly<Record<string, number>>, atLeast: boolean): string {
  const { count, whileInactive } = refusedCountOf(byReason);
  const inactive = whileInactive === 0 ? '' : `, ${whileInactive} of them while the endpoint was not active`;
  return `${atLeast ? 'At least ' : ''}${count} refused${inactive}.`;
}

/** The ids that senders gave the webhooks of a minute and reason. Anybody can claim one, and so write to the terminal. */
const idsRow = ({ deliveryIds = [], idsLeftOut }: Rejection) =>
  deliveryIds.length === 0
    ? []
    : [
        [
          '',
          '',
          painted('dim', '  delivery ids'),
          '',
          `${printable(deliveryIds.join(', '))}${idsLeftOut ? ', and others' : ''}`,
        ],
      ];

/** `rejections`: who was refused, and why. Under each minute and reason are its causes, each with a sample. */
export function addRejections(program: Command, open: OpenSession): void {
  withRangeOptions(withListOptions(program.command('rejections <name>')))
    .description('list refused webhooks by minute and reason, with advice; by default those of the last hour')
    .option('--delivery-id <id>', 'only what kept this id of the sender')
    .addHelpText('after', examples('hooklatch rejections orders', 'hooklatch rejections orders --limit 5 --json'))
    .action(
      async (
        name: string,
        { from, to, deliveryId, ...options }: ListOptions & RangeOptions & { deliveryId?: string },
        command: Command,
      ) => {
        const session = open(command);
        const { api } = session;
        const key = 'GET /v1/connections/{name}/rejections';
        const range = { ...(from && { from }), ...(to && { to }), ...(deliveryId && { deliveryId }) };
        const list = await readPages(options, (page) =>
          api.call(key, { params: { name }, query: { ...page, ...range } }),
        );
        session.print(list, (isColoured) =>
          table(
            ['MINUTE', 'COUNT', 'REASON', 'ADDRESS', 'ADVICE'],
            list.items.flatMap((rejection) => [
              [
                rejection.minute,
                counted(rejection),
                painted('red', rejection.reason),
                '',
                textsAbout(name).rejection(rejection),
              ],
              ...[...(rejection.sample ? [rejection.sample] : []), ...(rejection.otherSamples ?? [])].map((sample) => [
                '',
                counted(sample),
                painted('dim', `  ${sample.cause}`),
                sample.sourceIp,
                textsAbout(name).sample(sample),
              ]),
              ...idsRow(rejection),
            ]),
            isColoured,
          ),
        );
        if (!session.isJson && list.items.some(({ reason }) => mustMatch.has(reason)))
          session.tell(`To see what the sender must have: hooklatch token reveal ${name}`);
        if (!session.isJson && list.totals) session.tell(totalText(list.totals, list.complete === false));
        noteMore(session, list);
      },
    );
}

type HistoryItem = ApiAnswer<'GET /v1/connections/{name}/history'>['items'][number];

/** What was done, to what, and with `startReplay` to which events. */
function changeText(item: HistoryItem): string {
  const { verb, step, real, of, settings, rules, eventsFrom, eventsTo, eventType, eventCount } = item;
  return [
    verb,
    ...(step ? [`(${step})`] : []),
    ...(real ? ['(a real webhook)'] : []),
    ...(of ? [of] : []),
    ...(settings ? [settings.join(', ')] : []),
    ...(rules ? [ruleChangesText(rules)] : []),
    ...(eventsFrom && eventsTo ? [`${eventsFrom} to ${eventsTo}`] : []),
    ...(eventType ? [eventType] : []),
    ...(eventCount === undefined ? [] : [`(${eventCount} events)`]),
  ].join(' ');
}

/** Adds an operator's name to an id. An older deployment does not tell the names. */
async function operatorNames(api: ApiClient): Promise<(id: string) => string> {
  const { items } = await api.call('GET /v1/operators/names').catch((error: unknown) => {
    if (error instanceof ApiError) return { items: [] };
    throw error;
  });
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return (id) => (names.has(id) ? `${names.get(id)} (${id})` : id);
}

/** Who, and by which program: anybody can send such a claim. */
const authorText = (who: string, via: string | undefined): string =>
  via === undefined ? who : `${who}, via ${via}, as the client says`;

/** `history`: who did what, and when. */
export function addHistory(program: Command, open: OpenSession): void {
  withListOptions(program.command('history <name>'))
    .description('list every change of a connection, every reveal of its token and every replay, the newest first')
    .addHelpText('after', examples('hooklatch history orders', 'hooklatch history orders --limit 10'))
    .action(async (name: string, options: ListOptions, command: Command) => {
      const session = open(command);
      const { api } = session;
      const key = 'GET /v1/connections/{name}/history';
      const list = await readPages(options, (query) => api.call(key, { params: { name }, query }));
      const whoOf = session.isJson ? String : await operatorNames(api);
      session.print(list, (isColoured) =>
        table(
          ['VERSION', 'TIME', 'BY', 'CHANGE', 'FROM', 'TO'],
          list.items.map((line) => [
            String(line.version ?? ''),
            line.at,
            authorText(whoOf(line.by), line.via),
            changeText(line),
            line.from ?? '',
            line.to ?? '',
          ]),
          isColoured,
        ),
      );
      noteMore(session, list);
    });
}
