/** JSON that a person types. */
import { parseJson } from '../../../shared/ground/base/parse-json.ts';

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON object in a text. Undefined if it is none. */
export function jsonObjectIn(text: string): Record<string, unknown> | undefined {
  const value = parseJson(text);
  return isRecord(value) ? value : undefined;
}
