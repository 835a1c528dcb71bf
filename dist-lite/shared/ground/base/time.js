import * as z from 'zod/mini';
import { schema } from "./schema.js";
export const secondsPerDay = 86_400;
/** The format of times in records and answers: ISO 8601 in UTC. */
export const timeSchema = /* @__PURE__ */ schema(() => z.iso.datetime());
/** The minute of a time, such as `2026-01-31T23:59`. */
export const minuteOf = (time) => time.toISOString().slice(0, 16);
