/** The request that searches the events of a connection, and its bounds. */
import * as z from 'zod/mini';
import { pointerKeys } from '../../ground/base/json-pointer.ts';
import { schema } from '../../ground/base/schema.ts';
import { unknownFields } from '../../ground/pattern/event-field.ts';
import { PatternError } from '../../ground/pattern/pattern-error.ts';
import { maxPatternSize, maxRoutesBytes, patternJsonSchema } from '../../ground/pattern/pattern-json.ts';
import { readPattern } from '../../ground/pattern/read-pattern.ts';
import { searchedFields } from './search-field.ts';

/** The most that one page of a search looks at, reads, and takes. */
export const searchLimits = { events: 500, bytes: 8 * 1024 * 1024, seconds: 5 } as const;

/** The longest text to look for, in characters. */
const maxTextLength = 1024;

const limitsSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    events: z.optional(z.int().check(z.minimum(1), z.maximum(searchLimits.events))),
    bytes: z.optional(z.int().check(z.minimum(1), z.maximum(searchLimits.bytes))),
    seconds: z.optional(z.number().check(z.positive(), z.maximum(searchLimits.seconds))),
  }),
);

const parsedRequestSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    /** Inclusive bounds on the time of arrival. */
    from: z.optional(z.iso.datetime()),
    to: z.optional(z.iso.datetime()),
    /** An event pattern over the fields of `search-field.ts`. */
    match: z.optional(patternJsonSchema),
    /** A text that stands anywhere in the event. Upper and lower case are the same. With a pattern, an event has to meet both. */
    contains: z.optional(z.string().check(z.minLength(1), z.maxLength(maxTextLength))),
    /** Bodies in the bucket are read too. By default their events are skipped if the body would decide. */
    large: z.optional(z.boolean()),
    limits: z.optional(limitsSchema),
    cursor: z.optional(z.string()),
  }),
);
export type SearchRequest = z.infer<typeof parsedRequestSchema>;

/** What is wrong with a request, and where. */
interface Fault {
  path: string[];
  message: string;
}

function patternFaults(match: Record<string, unknown>): Fault[] {
  const pattern = readPattern(match);
  if (pattern instanceof PatternError)
    return [{ path: ['match', ...pointerKeys(pattern.pointer)], message: pattern.problem }];
  const path = ['match'];
  if (pattern.size > maxPatternSize) {
    const message = `names more than ${maxPatternSize} fields and values with all combinations of $or`;
    return [{ path, message }];
  }
  // Measured last, because a pattern with a mistake may be nested too deeply for that.
  const bytes = Buffer.byteLength(JSON.stringify(match));
  if (bytes > maxRoutesBytes) return [{ path, message: `can be at most ${maxRoutesBytes} bytes, and is ${bytes}` }];
  return unknownFields(match, searchedFields).map((fault) => ({ ...fault, path: ['match', ...fault.path] }));
}

function faultsOf({ match, contains }: SearchRequest): Fault[] {
  if (match === undefined && contains === undefined)
    return [{ path: [], message: 'must have match, contains or both' }];
  return match ? patternFaults(match) : [];
}

export const searchRequestSchema = /* @__PURE__ */ schema(() =>
  parsedRequestSchema.check(
    z.check(({ value, issues }) => {
      for (const { path, message } of faultsOf(value)) issues.push({ code: 'custom', input: value, path, message });
    }),
  ),
);
