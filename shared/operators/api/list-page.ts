/** The pages of lists: their limit and their cursor. */
import { Problem } from './problem.ts';

const defaultPageLimit = 50;
const maxPageLimit = 200;

/** The number of items on a page: a whole number from 1 to 200. The default is 50. */
export function limitOf(text: string | undefined): number {
  if (text === undefined) return defaultPageLimit;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= maxPageLimit) return limit;
  throw new Problem('invalid_limit', `limit must be a whole number from 1 to ${maxPageLimit}.`);
}

/** Makes the opaque cursor of a list: its position in base64url. */
export const cursorOf = (after: string | undefined): string | null =>
  after === undefined ? null : Buffer.from(after).toString('base64url');

/**
 * The position in a cursor.
 * @throws a 400 if `isPosition` refuses it
 */
export function afterCursor(cursor: string | undefined, isPosition: (text: string) => boolean): string | undefined {
  if (cursor === undefined) return undefined;
  const after = Buffer.from(cursor, 'base64url').toString('utf8');
  if (isPosition(after) && cursorOf(after) === cursor) return after;
  throw new Problem('invalid_cursor', 'Send the nextCursor of the previous page unchanged, or leave cursor out.');
}

/**
 * The version in the cursor of the operators' history: the page has only older versions.
 * @throws a 400 if the cursor has no version
 */
export function beforeVersion(cursor: string | undefined): number | undefined {
  const after = afterCursor(cursor, (text) => /^[1-9]\d{0,8}$/.test(text));
  return after === undefined ? undefined : Number(after);
}
