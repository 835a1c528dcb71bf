/** How often a live list is read. */

const firstMs = 2_000;
const longestMs = 15_000;

/** The time until the next read, in ms: longer while nothing new comes. @param quietReads the reads in a row with nothing new */
export const pollInterval = (quietReads: number): number => Math.min(longestMs, firstMs * 1.5 ** quietReads);
