/** The lists that a client of the API keeps, so that the API need not send one again that is as it was. */
import { asOfHeader, momentOf } from "./list-moment.js";
/** The most lists that a client keeps. A page of the console polls a few. */
const maxKnownLists = 20;
/** The lists that a client has read, by their URLs, so that the API need not send one again that is as it was. */
export class KnownLists {
    #lists = new Map();
    of(url) {
        return this.#lists.get(url);
    }
    /** Keeps the lists that were read last. Only lists have a weak version. */
    keep(url, headers, body) {
        const etag = headers.get('etag');
        this.#lists.delete(url);
        if (!etag?.startsWith('W/'))
            return;
        this.#lists.set(url, { etag, body: body });
        for (const oldest of this.#lists.keys()) {
            if (this.#lists.size <= maxKnownLists)
                return;
            this.#lists.delete(oldest);
        }
    }
}
/** A list that has not changed, as of now. */
export function unchangedListOf({ body }, headers) {
    const moment = momentOf(body);
    return moment ? { ...body, [moment.field]: headers.get(asOfHeader) ?? moment.at } : body;
}
