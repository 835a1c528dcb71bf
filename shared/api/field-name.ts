/** The fields of the bodies that the API takes, and what it finds wrong with one. The imports are type-only: a client loads no schema. */
import type { ApiBody } from './api-client.ts';
import type { RouteKey } from './routes.ts';

type NamesIn<Body> = [Body] extends [never] ? never : string extends keyof Body ? never : keyof Body & string;

/** Every field of a body, by its name. A new field of a route is in it too. */
export type FieldName = { [Key in RouteKey]: NamesIn<ApiBody<Key>> }[RouteKey];

/** What is wrong with a field. Only a field of the body has a pointer; another one is a parameter of the query. */
interface Fault {
  path: string;
  pointer?: string;
  message: string;
}

const isFault = (value: unknown): value is Fault =>
  typeof value === 'object' &&
  value !== null &&
  'path' in value &&
  typeof value.path === 'string' &&
  value.path !== '' &&
  'message' in value &&
  typeof value.message === 'string' &&
  (!('pointer' in value) || typeof value.pointer === 'string');

/** The first field with which something is wrong. Undefined if the problem names none. */
export function firstFault({ code, errors }: Readonly<Record<string, unknown>>): Fault | undefined {
  const [fault] = code === 'invalid_request' && Array.isArray(errors) ? errors : [];
  return isFault(fault) ? fault : undefined;
}

/**
 * The first fault of a problem in a client's words.
 * @param ofBody the client's word for each field of a body. If it has none, the path is the word
 * @param ofQuery the client's word for parameters of a query
 * @returns undefined if the problem names no field
 */
export function faultText(
  problem: Readonly<Record<string, unknown>>,
  ofBody: Readonly<Record<FieldName, string | undefined>>,
  ofQuery: Readonly<Record<string, string>>,
): string | undefined {
  const fault = firstFault(problem);
  if (!fault) return undefined;
  const { path, pointer, message } = fault;
  const words: Readonly<Record<string, string | undefined>> = pointer === undefined ? ofQuery : ofBody;
  // Only a field at the top has a word: what is inside of one is named as in the file that it comes from.
  const word = Object.hasOwn(words, path) ? words[path] : undefined;
  return `${word ?? path} ${message}${message.endsWith('?') ? '' : '.'}`;
}
