/** A setting that is one value: the files of the stages, `-c` and the props of constructs have the same bounds for it. */
import type { z } from 'zod';
import { UnusableValue } from './setting-error.ts';

export interface Setting<S extends z.ZodType = z.ZodType> {
  /** What a file of a stage may have. `npm run stage-schema` writes it for editors, with its description. */
  readonly schema: S;
  /** What to use instead of a value that the schema refuses, as the end of a sentence. */
  readonly advice: string;
  /** Reads the text that `-c` gives. Without it, the setting is a text. */
  readonly fromText?: ((text: string) => unknown) | undefined;
}

/** The value that is used: undefined if the setting is absent and has no default. */
export type Value<S extends z.ZodType> = undefined extends z.input<S> ? z.output<S> : z.output<S> | undefined;

/**
 * Reads a setting. `-c` gives a text; a file may give any value.
 * @throws UnusableValue with the advice of the setting
 */
export function readSetting<S extends z.ZodType>(
  name: string,
  { schema, advice, fromText }: Setting<S>,
  given: unknown,
): Value<S> {
  const value = typeof given === 'string' && fromText ? fromText(given) : given;
  const { success, data } = schema.optional().safeParse(value);
  if (success) return data as Value<S>;
  throw new UnusableValue(name, given, advice);
}

/** Reads settings of a table by their names. The value of each has the type of its schema. */
export const readerOf =
  <T extends Record<string, Setting>>(settings: T, given: Readonly<Partial<Record<keyof T, unknown>>>) =>
  <N extends keyof T & string>(name: N) =>
    readSetting(name, settings[name] as Setting<T[N]['schema']>, given[name]);
