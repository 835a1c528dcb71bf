/** Code for the test of the finder of page readers. Its names say what the finder has to make of it. */
interface Page {
  items: string[];
  next: string | undefined;
}
declare function list(after?: string): Promise<Page>;
declare function useList(read: () => Promise<Page>): { data: Page | undefined };
declare const api: {
  call(route: string): Promise<{ status: number; body: { items: number[]; nextCursor: string | null } }>;
};

export const reader1 = async () => (await list()).items.length;

export async function reader2() {
  const { body } = await api.call('GET /v1/things');
  return body.items;
}

export async function* reader3() {
  let after: string | undefined;
  do {
    const page = await list(after);
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}

// What gives a page on, and reads several.
export async function reader4(): Promise<Page> {
  let page = await list();
  while (page.items.length === 0 && page.next !== undefined) page = await list(page.next);
  return page;
}

export const reader5 = () => useList(() => list()).data?.items;

export const outer = (after: string) => ({
  reader6: async () => ['a', after].map(async (each) => (await list(each)).items),
});

export async function reader7() {
  const pages = await Promise.all(['a', 'b'].map((after) => list(after)));
  return pages.flatMap(({ items }) => items);
}

export const reader8 = () => list().then(({ items }) => items);

export const giver1 = (after: string) => list(after);

export async function giver2() {
  const { items, next } = await list();
  return { status: 200, body: { items, nextCursor: next } };
}

export async function other() {
  void list();
}
