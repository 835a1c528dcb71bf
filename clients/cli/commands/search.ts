import type { Command } from 'commander';
import { skippedSum } from '../../../shared/events/search/skipped-sum.ts';
import type { ApiBody, ApiClient } from '../../../shared/operators/api/api-client.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { connectionNames } from '../../../shared/operators/api/connection-names.ts';
import { FailedWithAnswer, UsageError } from '../command-error.ts';
import { type Failure, failureOf } from '../failure.ts';
import { eventCells, eventHeadings } from '../output/event-text.ts';
import { placesText, type SearchAnswer, searchNotes } from '../output/search-text.ts';
import { table } from '../output/table.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { type RangeOptions, withRangeOptions } from './journal.ts';
import { noteMore, positiveNumber } from './listing.ts';
import { type MatchOptions, matchOf, withMatchOptions } from './match-options.ts';

interface SearchOptions extends RangeOptions, MatchOptions {
  contains?: string;
  large?: true;
  limit: number;
  examine: number;
  cursor?: string;
  all?: true;
}

type SearchBody = ApiBody<'POST /v1/connections/{name}/events/search'>;

/** The most events that one request looks at. */
const eventsAtOnce = 500;

/** What is looked for: a text, a pattern, or events that both are in. */
async function wantedOf(session: Session, { contains, ...options }: SearchOptions) {
  const match = await matchOf(session, options);
  if (contains === undefined && match === undefined)
    throw new UsageError('Say what to look for: with --contains, or with --match or --match-file, or with both.');
  return { ...(contains !== undefined && { contains }), ...(match && { match }) };
}

/** Asks for one page after another, until enough is found, or enough was looked at. */
export async function searched(
  api: ApiClient,
  name: string,
  body: SearchBody,
  { limit, examine }: Pick<SearchOptions, 'limit' | 'examine'>,
): Promise<SearchAnswer> {
  const key = 'POST /v1/connections/{name}/events/search';
  const page = (left: number, cursor: string | undefined) =>
    api.call(key, {
      params: { name },
      body: { ...body, limits: { events: Math.min(left, eventsAtOnce) }, ...(cursor !== undefined && { cursor }) },
    });
  let all = await page(examine, body.cursor);
  while (all.nextCursor !== null && all.items.length < limit && all.examined < examine) {
    const next = await page(examine - all.examined, all.nextCursor);
    all = {
      ...all,
      ...next,
      upTo: all.upTo,
      items: [...all.items, ...next.items],
      examined: all.examined + next.examined,
      skipped: skippedSum(all.skipped, next.skipped),
    };
  }
  return all;
}

type Found = { connection: string } & SearchAnswer;

/** The table of what was found. A text that was looked for has its place in a column of its own. */
const foundHeadings = ({ contains }: SearchOptions) => [...eventHeadings, ...(contains === undefined ? [] : ['WHERE'])];
const foundCells =
  ({ contains }: SearchOptions) =>
  (event: SearchAnswer['items'][number]) => [
    ...eventCells(event),
    ...(contains === undefined ? [] : [placesText(event)]),
  ];

/** What a search of a connection found. Undefined if the connection is gone, which is said. */
async function searchedIfThere(session: Session, name: string, body: SearchBody, options: SearchOptions) {
  try {
    return await searched(session.api, name, body, options);
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'connection_not_found') || !options.all) throw error;
    session.tell(`${name}: It was deleted meanwhile.`);
    return undefined;
  }
}

/**
 * Searches one connection after another for the same, and says of each how far it looked as soon as that is known.
 * @param items gets what was found, so that a search that fails shows what it had
 */
async function searchEach(
  session: Session,
  names: readonly string[],
  body: SearchBody,
  options: SearchOptions,
  items: Found[],
): Promise<void> {
  for (const [at, connection] of names.entries()) {
    const search = searchedIfThere(session, connection, body, options);
    const found = await search.catch((error: unknown) => {
      if (at > 0) session.tell(`Not searched: ${names.slice(at).join(', ')}.`);
      throw error;
    });
    if (!found) continue;
    items.push({ connection, ...found });
    if (session.isJson) continue;
    for (const note of searchNotes(found)) session.tell(`${connection}: ${note}`);
    if (found.nextCursor !== null)
      session.tell(`${connection}: There is more: search it alone, with --cursor ${found.nextCursor}`);
  }
}

async function searchMany(session: Session, names: readonly string[], body: SearchBody, options: SearchOptions) {
  const items: Found[] = [];
  const print = (failure?: Failure) =>
    session.print({ items, ...failure }, (isColoured) =>
      table(
        ['CONNECTION', ...foundHeadings(options)],
        items.flatMap((found) => found.items.map(foundCells(options)).map((cells) => [found.connection, ...cells])),
        isColoured,
      ),
    );
  try {
    await searchEach(session, names, body, options, items);
  } catch (error) {
    if (items.length === 0) throw error;
    print(failureOf(error));
    throw new FailedWithAnswer('A connection could not be searched.', { cause: error });
  }
  print();
}

/** The connections to search, and whether that is one alone, whose search can go on. */
async function connectionsOf({ api }: Session, names: readonly string[], { all, cursor }: SearchOptions) {
  if ((all === true) === names.length > 0) throw new UsageError('Name the connections to search, or give --all.');
  if (cursor !== undefined && names.length !== 1)
    throw new UsageError('--cursor is of one connection: name that one alone.');
  return all ? await connectionNames(api) : names;
}

/** `events search`: the newest first. What is looked for goes in a body, so that no URL and no log has it. */
export function addSearch(events: Command, open: OpenSession): void {
  const search = withRangeOptions(events.command('search [names...]'))
    .description('search events by a text, by an event pattern over headers, query, path and JSON body, or by both')
    .option('--contains <text>', 'this text anywhere in headers, query, path or body, in upper or lower case');
  withMatchOptions(search)
    .option('--all', 'search every connection, one after another')
    .option('--large', 'read the bodies of more than 256 KiB too')
    .option('--limit <n>', 'go on in a connection until so many are found', positiveNumber, 50)
    .option('--examine <n>', 'look at most at so many events of a connection', positiveNumber, 5000)
    .option('--cursor <cursor>', 'go on after an earlier search')
    .addHelpText(
      'after',
      examples(
        'hooklatch events search orders --contains 4711',
        'hooklatch events search --all --contains 4711',
        `hooklatch events search code --match '{"data": {"repository": {"name": ["shop"]}}}' --from 2026-03-01`,
      ),
    )
    .action(async (names: string[], options: SearchOptions, command: Command) => {
      const session = open(command);
      const { from, to, large, cursor } = options;
      const body: SearchBody = {
        ...(await wantedOf(session, options)),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(large && { large }),
        ...(cursor !== undefined && { cursor }),
      };
      const connections = await connectionsOf(session, names, options);
      const [name] = names;
      if (name === undefined || names.length > 1) return searchMany(session, connections, body, options);
      const found = await searched(session.api, name, body, options);
      session.print(found, (isColoured) =>
        table(foundHeadings(options), found.items.map(foundCells(options)), isColoured),
      );
      if (!session.isJson) for (const note of searchNotes(found)) session.tell(note);
      noteMore(session, found);
    });
}
