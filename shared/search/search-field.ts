/**
 * The fields of an event that a search pattern can name, and what has to be read of the event to know each. They are those of routes,
 * and what operators see of an event besides.
 */
import { isAlternatives } from '../pattern/event-pattern.ts';

/**
 * What is read of an event, each after the one before: the row of the index, the item, the body if it is in the bucket, and the notes
 * about its publication.
 */
export const stages = ['row', 'item', 'body', 'publication'] as const;
export type Stage = (typeof stages)[number];

const stageOfField: ReadonlyMap<string, Stage> = new Map([
  ['type', 'row'],
  ['method', 'row'],
  ['contentType', 'row'],
  ['size', 'row'],
  ['deliveryId', 'row'],
  ['provider', 'item'],
  ['verifiedBy', 'item'],
  ['sourceIp', 'item'],
  ['headers', 'item'],
  ['query', 'item'],
  ['path', 'item'],
  ['data', 'body'],
  ['publication', 'publication'],
]);

/** A field at the top of a pattern or of an alternative of its `$or`s, and the keys that lead to it. */
interface NamedField {
  keys: string[];
  name: string;
}

const fieldsOf = (pattern: object, keys: string[]): NamedField[] =>
  Object.entries(pattern).flatMap(([name, wanted]) => {
    const here = [...keys, name];
    return name === '$or' && isAlternatives(wanted)
      ? wanted.flatMap((each, at) => fieldsOf(each, [...here, `${at}`]))
      : [{ keys: here, name }];
  });

/** The fields that no event has, so that a search for them would find nothing and say nothing. */
export const unknownFields = (match: object): { path: string[]; message: string }[] =>
  fieldsOf(match, ['match']).flatMap(({ keys, name }) => {
    if (stageOfField.has(name)) return [];
    return [{ path: keys, message: `is not a field of an event: use ${[...stageOfField.keys()].join(', ')}` }];
  });

/** All that has to be read to know whether an event meets one member of a pattern. */
export const stagesOf = (name: string, wanted: unknown): Stage[] =>
  fieldsOf({ [name]: wanted }, []).map((field) => stageOfField.get(field.name) ?? 'row');
