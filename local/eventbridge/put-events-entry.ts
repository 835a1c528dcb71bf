import { z } from 'zod';
import { ServiceError } from '../aws/aws-service.ts';

/** One entry of a PutEvents call, as received. */
export interface PutEventsEntry {
  Source?: string | undefined;
  DetailType?: string | undefined;
  /** The JSON text of an object. */
  Detail?: string | undefined;
  /** The name or ARN of a bus. Default: the account's default bus. */
  EventBusName?: string | undefined;
  Resources?: string[] | undefined;
  /** Seconds since 1970. */
  Time?: number | undefined;
  TraceHeader?: string | undefined;
}

/** The reason why the bus refused one entry. The bus may have accepted the call's other entries. */
export interface EntryFailure {
  ErrorCode: string;
  ErrorMessage: string;
}

/** The maximum size of a call's entries together. A single entry may use all of it. */
const maxCallBytes = 1_048_576;
const maxEntries = 10;
const timeBytes = 14;
const maxDetailTypeCharacters = 128;
const maxDetailLevels = 1000;

/** The latest time that a JavaScript date can represent. */
const maxTimeSeconds = 8.64e12;

const entrySchema = z
  .strictObject({
    Source: z.string(),
    DetailType: z.string(),
    Detail: z.string(),
    EventBusName: z.string(),
    Resources: z.array(z.string()),
    Time: z.number().min(-maxTimeSeconds).max(maxTimeSeconds),
    TraceHeader: z.string(),
  })
  .partial();

const callSchema = z.strictObject({ Entries: z.array(entrySchema).min(1).max(maxEntries) });

/**
 * Parses the entries of a call. Throws a ServiceError if the call as a whole is invalid or too large. The error quotes
 * no value.
 */
export function parseEntries(input: object, limit = maxCallBytes): PutEventsEntry[] {
  const result = callSchema.safeParse(input);
  if (!result.success) throw new ServiceError('ValidationException', problemOf(result.error));
  const bytes = result.data.Entries.reduce((sum, entry) => sum + entrySizeOf(entry), 0);
  if (bytes > limit) {
    throw new ServiceError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  return result.data.Entries;
}

function problemOf({ issues: [issue] }: z.ZodError): string {
  if (issue?.code === 'unrecognized_keys') {
    return `The local runtime does not know ${issue.keys.join(', ')} of PutEvents.`;
  }
  return `1 validation error detected: Value at '${issue?.path.join('.')}' failed to satisfy constraint: ${issue?.message}`;
}

/** The size of an entry in bytes, as EventBridge counts it. */
export function entrySizeOf({
  Time,
  Source = '',
  DetailType = '',
  Detail = '',
  Resources = [],
}: PutEventsEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : timeBytes);
}

/** The failure that EventBridge reports for this entry, or undefined. */
export function entryFailureOf({ Source, DetailType, Detail }: PutEventsEntry): EntryFailure | undefined {
  const missing = Object.entries({ Source, DetailType, Detail }).find(([, value]) => !value)?.[0];
  if (missing) return invalid(missing, `${missing} is a required argument.`);
  if (DetailType && DetailType.length > maxDetailTypeCharacters) {
    return invalid('DetailType', `DetailType must be at most ${maxDetailTypeCharacters} characters.`);
  }
  if (Source?.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (!isDetail(Detail ?? '')) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return undefined;
}

function invalid(parameter: string, reason: string): EntryFailure {
  const ErrorMessage = `Parameter ${parameter} is not valid. Reason: ${reason}`;
  return { ErrorCode: 'InvalidArgument', ErrorMessage };
}

function isDetail(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) && depthOf(text) <= maxDetailLevels;
  } catch {
    return false;
  }
}

/** The nesting depth of objects and arrays in a valid JSON text. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') isInText = !isInText;
    // Skips the escaped character: an escaped quotation mark does not end the text.
    else if (character === '\\') at += 1;
    else if (isInText) continue;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}
