/** The fields of the bodies that the API takes, and what it finds wrong with one. The imports are type-only: a client loads no schema. */
import type { Advised, Said } from './answer-text.ts';
import type { ApiBody } from './api-client.ts';
import type { RouteKey } from './routes.ts';

type NamesIn<Body> = [Body] extends [never] ? never : string extends keyof Body ? never : keyof Body & string;

/** Every field of a body, by its name. A new field of a route is in it too. */
export type FieldName = { [Key in RouteKey]: NamesIn<ApiBody<Key>> }[RouteKey];

/** Every field of the body that configures an endpoint. */
export type EndpointSettingName = NamesIn<ApiBody<'PUT /v1/connections/{name}/endpoint'>>;

/**
 * What is wrong with a field. Only a field of the body has a pointer; another one is a parameter of the query. The path is empty if it is
 * the body that has a field which is unknown.
 */
interface Fault extends Advised {
  path: string;
  pointer?: string;
  message: string;
}

const isFault = (value: unknown): value is Fault =>
  typeof value === 'object' &&
  value !== null &&
  'path' in value &&
  typeof value.path === 'string' &&
  'message' in value &&
  typeof value.message === 'string' &&
  (!('pointer' in value) || typeof value.pointer === 'string');

/** What is wrong with a request, in the order of its fields. Empty if the problem names no field. */
export const faultsOf = ({ errors }: Readonly<Record<string, unknown>>): readonly Fault[] =>
  Array.isArray(errors) && errors.every(isFault) ? errors : [];

/**
 * What is wrong with a field, as a sentence.
 * @param subject the client's word for the field
 * @param said the client's text of advice
 */
export function faultSentence(fault: Fault, subject: string, code: unknown, said: Said): string {
  const message = `${code === 'invalid_scheme' ? 'cannot be used: ' : ''}${said(fault, fault.message)}`;
  return `${subject} ${message}${/[.?]$/.test(message) ? '' : '.'}`;
}

/**
 * The faults of a problem in a client's words.
 * @param ofBody the client's word for each field of a body. If it has none, the path is the word
 * @param ofQuery the client's word for parameters of a query
 * @param said the client's text of advice
 * @returns undefined if the problem names no field
 */
export function faultText(
  problem: Readonly<Record<string, unknown>>,
  ofBody: Readonly<Partial<Record<FieldName, string>>>,
  ofQuery: Readonly<Record<string, string>>,
  said: Said = (_, text) => text,
): string | undefined {
  const faults = faultsOf(problem);
  if (faults.some(({ path }) => path === '')) return undefined;
  const texts = faults.map((fault) => {
    const words: Readonly<Partial<Record<string, string>>> = fault.pointer === undefined ? ofQuery : ofBody;
    // Only a field at the top has a word: what is inside of one is named as in the file that it comes from.
    const word = Object.hasOwn(words, fault.path) ? words[fault.path] : undefined;
    return faultSentence(fault, word ?? fault.path, problem['code'], said);
  });
  return texts.length === 0 ? undefined : texts.join(' ');
}
