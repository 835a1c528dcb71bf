/** A stand-in for every list: its pages have one item each, and it notes with which cursor each page was asked for. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The cursors of the pages that were asked for, in their order. */
export const asked: unknown[] = [];

/** Notes a cursor. A reader that never ends fails soon. */
export function note(cursor: unknown): void {
  if (asked.push(cursor) > 20) throw new Error('more pages are asked for than there are');
}

/** The first item, or the one after a cursor. */
export function pageOfOne<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  cursor: string | null | undefined,
): { items: Item[]; next: string | undefined } {
  note(cursor ?? undefined);
  const sorted = items.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  const left = sorted.filter((item) => cursor == null || `after ${nameOf(item)}` > cursor);
  const [first, second] = left;
  return { items: left.slice(0, 1), next: first && second ? `after ${nameOf(first)}` : undefined };
}

/** The same as the API answers it. */
export function answerOfOne<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  cursor: string | null | undefined,
): { items: Item[]; nextCursor: string | null } {
  const page = pageOfOne(items, nameOf, cursor);
  return { items: page.items, nextCursor: page.next ?? null };
}

/** Lets a client's queries have one item each, as if more were over 1 MB. The sort key of a cursor is noted. */
export function queryOneByOne(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      (operation) => {
        if (commandName !== 'QueryCommand') return next(operation);
        const input = operation.input as { ExclusiveStartKey?: { sk?: { S: string } } };
        note(input.ExclusiveStartKey?.sk?.S);
        return next({ ...operation, input: { ...input, Limit: 1 } as never });
      },
    { step: 'initialize' },
  );
}
