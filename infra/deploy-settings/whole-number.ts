import { z } from 'zod';
import type { Setting } from './setting.ts';

/** `-c` gives a text, which must be written as JSON writes the number. */
const fromText = (text: string): unknown => (/^(0|[1-9]\d*)$/.test(text) ? Number(text) : text);

interface Bounds {
  /** 1 if it is not named. */
  from?: number;
  to: number;
  /** What else the operator can do, as the end of the advice. */
  otherwise?: string;
}

/** A setting that is a whole number. */
export const wholeNumber = ({ from = 1, to, otherwise = '' }: Bounds) =>
  ({
    schema: z.int().min(from).max(to),
    advice: `use a whole number from ${from} to ${to}${otherwise}`,
    fromText,
  }) satisfies Setting;
