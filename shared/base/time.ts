import * as z from 'zod/mini';
import { schema } from './schema.ts';

export const secondsPerDay = 86_400;

/** The format of times in records and answers: ISO 8601 in UTC. */
export const timeSchema = /* @__PURE__ */ schema(() => z.iso.datetime());
