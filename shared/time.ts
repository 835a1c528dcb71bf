import * as z from 'zod/mini';

/** A moment as records and answers write it: ISO 8601, in UTC. */
export const time = z.iso.datetime();
