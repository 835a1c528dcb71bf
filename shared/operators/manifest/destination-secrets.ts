/** The places of a destination in a file where a reference to a secret may be, or must be. */
import { hash } from 'node:crypto';
import { canonicalText } from './canonical-text.ts';
import { isValueReference } from './secret-reference.ts';

/** The settings of a destination that no answer of the API shows. */
export const hiddenNames = ['url', 'headers', 'auth', 'signingSecret'] as const;

/** What a file says of these settings. */
export type HiddenSettings = { readonly [Name in (typeof hiddenNames)[number]]?: unknown };

/** The fields of `auth` that are credentials. */
export const credentialNames: readonly string[] = ['token', 'password', 'value', 'clientSecret'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Place = 'url' | 'signingSecret' | 'field';

/** Calls `each` for every text that may be a reference, and its place: a setting, or a field within one. */
function mapTexts(hidden: HiddenSettings, each: (text: string, place: Place) => string): HiddenSettings {
  const textAt = (value: unknown, place: Place) => (typeof value === 'string' ? each(value, place) : value);
  const within = (fields: unknown, isPlace: (field: string) => boolean) =>
    isObject(fields)
      ? Object.fromEntries(
          Object.entries(fields).map(([field, value]) => [field, isPlace(field) ? textAt(value, 'field') : value]),
        )
      : fields;
  const { url, headers, auth, signingSecret } = hidden;
  return {
    ...(url !== undefined && { url: textAt(url, 'url') }),
    ...(headers !== undefined && { headers: within(headers, () => true) }),
    ...(auth !== undefined && { auth: within(auth, (field) => credentialNames.includes(field)) }),
    ...(signingSecret !== undefined && { signingSecret: textAt(signingSecret, 'signingSecret') }),
  };
}

/** The references in these settings, each once. */
export function referencesIn(hidden: HiddenSettings): string[] {
  const found = new Set<string>();
  mapTexts(hidden, (text) => {
    if (isValueReference(text)) found.add(text);
    return text;
  });
  return [...found];
}

/** The settings with a value in the place of each reference. */
export const resolvedSettings = (hidden: HiddenSettings, textOf: (reference: string) => string): HiddenSettings =>
  mapTexts(hidden, (text) => (isValueReference(text) ? textOf(text) : text));

/** A text that the schema takes at each place. What the secret has is checked when it is read. */
const standInAt = (place: Place): string => {
  if (place === 'url') return 'https://example.com/';
  return place === 'signingSecret' ? `whsec_${'A'.repeat(32)}` : 'a-secret';
};

/** The settings as the schema of a destination takes them, without any secret. */
export const withStandIns = (hidden: HiddenSettings): HiddenSettings =>
  mapTexts(hidden, (text, place) => (isValueReference(text) ? standInAt(place) : text));

/**
 * What a file says of these settings, as a digest: the plan compares it, because no answer shows the settings. It has references, and no
 * secret that one leads to. The names are in it, so that nobody sees which destinations have the same URL.
 * @param file the name of the file
 * @param name the name of the destination
 */
export function hiddenRef(hidden: HiddenSettings, file: string, name: string): string | undefined {
  const said = Object.entries(hidden).filter(([, value]) => value !== undefined);
  if (said.length === 0) return undefined;
  return `sha256:${hash('sha256', canonicalText([file, name, Object.fromEntries(said)]))}`;
}
