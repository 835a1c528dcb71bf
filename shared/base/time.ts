import * as z from 'zod/mini';
import { schema } from './schema.ts';

/** A moment as records and answers write it: ISO 8601, in UTC. */
export const timeSchema = /* @__PURE__ */ schema(() => z.iso.datetime());
