/** The fields at the top of an event that a pattern is about. */
import { isAlternatives } from './event-pattern.ts';

/** A field at the top of a pattern or of an alternative of its `$or`s, and the keys that lead to it. */
export interface NamedField {
  keys: string[];
  name: string;
}

/** The fields at the top that a pattern names, also in its `$or`s. */
export const namedFields = (pattern: object, keys: string[] = []): NamedField[] =>
  Object.entries(pattern).flatMap(([name, wanted]) => {
    const here = [...keys, name];
    return name === '$or' && isAlternatives(wanted)
      ? wanted.flatMap((each, at) => namedFields(each, [...here, `${at}`]))
      : [{ keys: here, name }];
  });

/**
 * The fields of a pattern that no event has. With one of them, a pattern matches nothing, or the condition says nothing.
 * @param known the fields that events have
 */
export const unknownFields = (pattern: object, known: readonly string[]): { path: string[]; message: string }[] =>
  namedFields(pattern).flatMap(({ keys, name }) =>
    known.includes(name) ? [] : [{ path: keys, message: `is not a field of an event: use ${known.join(', ')}` }],
  );
