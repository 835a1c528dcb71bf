/** A setting that is one value: the files of the stages, `-c` and the props of constructs have the same bounds for it. */
import { z } from 'zod';
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

/** A setting that is a text of one form. */
export const text = ({ form, description, advice }: { form: RegExp; description: string; advice: string }) =>
  ({ schema: z.string().regex(form).describe(description), advice }) satisfies Setting;

interface Bounds {
  /** 1 if it is not named. */
  from?: number;
  to: number;
  /** What else the operator can do, as the end of the advice. */
  otherwise?: string;
}

/** `-c` gives a text, which must be written as JSON writes the number. */
const numberFromText = (text: string): unknown => (/^(0|[1-9]\d*)$/.test(text) ? Number(text) : text);

/**
 * A setting that is a whole number.
 * @param describe adds the description to its schema, and the default if it has one
 */
export const wholeNumber = <S extends z.ZodType>(
  { from = 1, to, otherwise = '' }: Bounds,
  describe: (schema: z.ZodInt) => S,
) =>
  ({
    schema: describe(z.int().min(from).max(to)),
    advice: `use a whole number from ${from} to ${to}${otherwise}`,
    fromText: numberFromText,
  }) satisfies Setting;
