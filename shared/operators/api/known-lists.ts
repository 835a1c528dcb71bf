/** The lists that a client of the API keeps, so that the API need not send one again that is as it was. */
import { asOfHeader, momentOf } from './list-moment.ts';

/** A list that the API sent, with its version. */
interface KnownList {
  etag: string;
  body: Readonly<Record<string, unknown>>;
}

/** The most lists that a client keeps. A page of the console polls a few. */
const maxKnownLists = 20;

/** The lists that a client has read, by their URLs, so that the API need not send one again that is as it was. */
export class KnownLists {
  readonly #lists = new Map<string, KnownList>();

  of(url: string): KnownList | undefined {
    return this.#lists.get(url);
  }

  /** Keeps the lists that were read last. Only lists have a weak version. */
  keep(url: string, headers: Headers, body: unknown): void {
    const etag = headers.get('etag');
    this.#lists.delete(url);
    if (!etag?.startsWith('W/')) return;
    this.#lists.set(url, { etag, body: body as KnownList['body'] });
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size <= maxKnownLists) return;
      this.#lists.delete(oldest);
    }
  }
}

/** A list that has not changed, as of now. */
export function unchangedListOf({ body }: KnownList, headers: Headers): unknown {
  const moment = momentOf(body);
  return moment ? { ...body, [moment.field]: headers.get(asOfHeader) ?? moment.at } : body;
}
