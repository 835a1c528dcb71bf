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

/** A setting, or a field within one. */
type Place = readonly [setting: keyof HiddenSettings] | readonly [setting: keyof HiddenSettings, field: string];

/** Calls `each` for every text that may be a reference, and its place. */
function mapTexts(hidden: HiddenSettings, each: (text: string, place: Place) => string): HiddenSettings {
  const textAt = (value: unknown, ...place: Place) => (typeof value === 'string' ? each(value, place) : value);
  const within = (setting: 'headers' | 'auth', fields: unknown, isPlace: (field: string) => boolean) =>
    isObject(fields)
      ? Object.fromEntries(
          Object.entries(fields).map(([field, value]) => [
            field,
            isPlace(field) ? textAt(value, setting, field) : value,
          ]),
        )
      : fields;
  const { url, headers, auth, signingSecret } = hidden;
  return {
    ...(url !== undefined && { url: textAt(url, 'url') }),
    ...(headers !== undefined && { headers: within('headers', headers, () => true) }),
    ...(auth !== undefined && { auth: within('auth', auth, (field) => credentialNames.includes(field)) }),
    ...(signingSecret !== undefined && { signingSecret: textAt(signingSecret, 'signingSecret') }),
  };
}

/** The references in these settings, with their places. */
export function placedReferences(hidden: HiddenSettings): { reference: string; place: Place }[] {
  const found: { reference: string; place: Place }[] = [];
  mapTexts(hidden, (text, place) => {
    if (isValueReference(text)) found.push({ reference: text, place });
    return text;
  });
  return found;
}

/** The references in these settings, each once. */
export const referencesIn = (hidden: HiddenSettings): string[] => [
  ...new Set(placedReferences(hidden).map(({ reference }) => reference)),
];

/** The settings with a value in the place of each reference. */
export const resolvedSettings = (hidden: HiddenSettings, textOf: (reference: string) => string): HiddenSettings =>
  mapTexts(hidden, (text) => (isValueReference(text) ? textOf(text) : text));

/** A text that the schema takes at each place. What the secret has is checked when it is read. */
const standInAt = ([setting]: Place): string => {
  if (setting === 'url') return 'https://example.com/';
  return setting === 'signingSecret' ? `whsec_${'A'.repeat(32)}` : 'a-secret';
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
