/** Lists of the API that are read whole. */

/** The most items of a page of the API. */
const pageSize = '200';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/**
 * All items of a list, page after page.
 * @param read reads the page of this query
 */
export async function wholeList<Item>(
  read: (query: { limit: string; cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read({ limit: pageSize, ...(cursor !== null && { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
