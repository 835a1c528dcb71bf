/**
 * Strikes the values of a destination's secret out of what a receiver answered. A receiver that echoes a request must not
 * bring a secret to who may not see it. Nothing else of the answer changes.
 */
import { redacted } from '../credential/redaction.ts';

/** The shortest text that is struck out, in characters. A shorter one would be found by chance, and protects nothing. */
const minLength = 6;

/** A text as receivers write it: as it is, in base64, percent-encoded, or in JSON, where some escape the slash. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const encodings = (['base64', 'base64url'] as const).map((encoding) => Buffer.from(secret).toString(encoding));
  return [secret, ...encodings, encodeURIComponent(secret), json, json.replaceAll('/', '\\/')];
}

/** The number of characters at the end of a text that are the beginning of a secret, if the text was cut there. */
function overlapAtEnd(text: string, secret: string): number {
  for (let length = secret.length - 1; length >= minLength; length -= 1)
    if (text.endsWith(secret.slice(0, length))) return length;
  return 0;
}

/**
 * @param text what was read of the answer. It may have been cut at its end
 * @param secrets the texts that nobody may see in it
 */
export function strikeOut(text: string, secrets: readonly string[]): string {
  const forms = [...new Set(secrets.flatMap(formsOf))]
    .filter(({ length }) => length >= minLength)
    .sort((one, other) => other.length - one.length);
  const struck = forms.reduce((rest, form) => rest.replaceAll(form, redacted), text);
  const overlap = Math.max(0, ...forms.map((form) => overlapAtEnd(struck, form)));
  return overlap === 0 ? struck : `${struck.slice(0, struck.length - overlap)}${redacted}`;
}
