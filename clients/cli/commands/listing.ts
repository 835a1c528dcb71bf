/** Lists that come in pages. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Session } from '../session.ts';

export interface ListOptions {
  limit: number;
  cursor?: string;
}

export interface ListedPage<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The most items of one page of the API. */
const maxPage = 200;

/**
 * Reads a whole number of at least one.
 * @throws InvalidArgumentError otherwise
 */
export function positiveNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of at least 1.');
}

/** Adds the options of a list to a command. */
export const withListOptions = (command: Command): Command =>
  command
    .option('--limit <n>', 'show at most so many', positiveNumber, 50)
    .option('--cursor <cursor>', 'go on after an earlier list');

/**
 * Reads pages until there are enough items. Keeps the other fields of the first page, such as totals.
 * @param isBounded whether to stop at a page that is short although there is another one, because the API looked through so many
 */
export async function readPages<Item, T extends ListedPage<Item>>(
  { limit, cursor }: ListOptions,
  read: (page: { limit: string; cursor?: string }) => Promise<T & ListedPage<Item>>,
  isBounded = false,
): Promise<T> {
  const pageOf = (left: number, from: string | null | undefined) =>
    read({ limit: String(Math.min(left, maxPage)), ...(from && { cursor: from }) });
  const first = await pageOf(limit, cursor);
  const items = [...first.items];
  let { nextCursor } = first;
  while (nextCursor !== null && items.length < limit && !(isBounded && items.length % maxPage !== 0)) {
    const next = await pageOf(limit - items.length, nextCursor);
    items.push(...next.items);
    nextCursor = next.nextCursor;
  }
  return { ...first, items, nextCursor };
}

/** Says how to go on if there is more. With --json the cursor is in the document. */
export function noteMore({ isJson, tell }: Session, { nextCursor }: { nextCursor: string | null }): void {
  if (nextCursor !== null && !isJson) tell(`There is more: --cursor ${nextCursor}`);
}
