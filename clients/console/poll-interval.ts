/** How often what a page shows is read again. */

/**
 * The time between two reads, in ms: of the shown connection or destination, of a release that may have begun elsewhere, of a running
 * job, and of how each row of a list is.
 */
export const refreshMs = { record: 5_000, release: 15_000, job: 1_000, rows: 60_000 } as const;

/** The time until the next try without a network, in ms. */
export const reconnectMs = 5_000;

/** The time until the next read of a delivery, in ms. After its end only a redelivery changes it. */
export const deliveryInterval = (isLive: boolean): number => (isLive ? 5_000 : 30_000);

const firstMs = 2_000;
const longestMs = 15_000;

/**
 * The time until the next read of a live list, in ms: longer while nothing new comes.
 * @param quietReads the reads in a row with nothing new
 */
export const pollInterval = (quietReads: number): number => Math.min(longestMs, firstMs * 1.5 ** quietReads);

const shortListMs = 10_000;
const longListMs = 60_000;

/**
 * The time until the next read of a list that is read whole, in ms: the longer the list, the longer the time, so that a page asks for
 * about as many rows a second, however many there are.
 * @param shortRows up to this number of rows, a list is short
 */
export const wholeListInterval = (rows: number, shortRows: number): number =>
  Math.min(longListMs, shortListMs * Math.max(1, rows / shortRows));
