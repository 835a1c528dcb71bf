/**
 * The settings of a destination as a template has them. Everybody who may read the stack can read the template, so a secret has a
 * reference to Secrets Manager in its place.
 */
import * as z from 'zod/mini';
import { Refusal } from '../../ground/base/refusal.ts';
import { schema } from '../../ground/base/schema.ts';
import { newDestinationSchema } from './destination-request.ts';

/** The text of a secret, or of one field of its JSON. */
const secretReferenceSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    /** The complete ARN of the secret. */
    fromSecret: z.string(),
    field: z.optional(z.string().check(z.minLength(1))),
  }),
);
export type SecretReference = z.infer<typeof secretReferenceSchema>;

/** What a template says of a destination besides its name. */
export type ManagedSettings = Readonly<Record<string, unknown>>;

const isReference = (value: unknown): value is SecretReference => secretReferenceSchema.safeParse(value).success;

/** The settings in which each value may be a reference. In the others, only the setting itself may be one. */
const lists: readonly string[] = ['headers', 'auth'];

/** The fields of `auth` that are credentials. */
const credentials: readonly string[] = ['token', 'password', 'value', 'clientSecret'];

/** Calls `each` with every value that may be a reference, and its place, such as `auth.token`. */
function mapValues(settings: ManagedSettings, each: (value: unknown, place: string) => unknown) {
  const within = (list: string, values: object) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, each(value, `${list}.${name}`)]));
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      lists.includes(name) && typeof value === 'object' && value !== null ? within(name, value) : each(value, name),
    ]),
  );
}

/** The references in settings. */
export function secretsNamedIn(settings: ManagedSettings): SecretReference[] {
  const found: SecretReference[] = [];
  mapValues(settings, (value) => isReference(value) && found.push(value));
  return found;
}

/** The settings with a text in the place of each reference. */
export const withSecretTexts = (settings: ManagedSettings, textOf: (reference: SecretReference) => string) =>
  mapValues(settings, (value) => (isReference(value) ? textOf(value) : value));

/** A text that the schema takes at each place. What the secret has is checked when it is read. */
function standInAt(place: string): string {
  if (place === 'url') return 'https://example.com/';
  return place === 'signingSecret' ? `whsec_${'A'.repeat(32)}` : 'a-secret';
}

/** What is wrong with a setting, and where. */
export interface SettingFault {
  place: string;
  message: string;
}

const isSecretPlace = (place: string): boolean =>
  place === 'signingSecret' || credentials.some((name) => place === `auth.${name}`);

/**
 * What is wrong with settings, before any secret is read. No message quotes a value.
 * @param error makes the messages of the schema; by default those that are set for zod
 */
export function settingFaultsOf(settings: ManagedSettings, name: unknown, error?: z.core.$ZodErrorMap): SettingFault[] {
  const inTemplate: SettingFault[] = [];
  const standIns = mapValues(settings, (value, place) => {
    if (isReference(value)) return standInAt(place);
    if (isSecretPlace(place) && typeof value === 'string')
      inTemplate.push({ place, message: 'must be the reference to a secret: a template is no place for its value' });
    return value;
  });
  const parsed = newDestinationSchema.safeParse({ ...standIns, name }, error && { error });
  const issues = parsed.error?.issues ?? [];
  return [...inTemplate, ...issues.map(({ path, message }) => ({ place: path.map(String).join('.'), message }))];
}

/** What a destination has for each setting that a template does not name. The signing secret is none: it stays. */
const defaults = () => {
  const { name: _name, url: _url, ...others } = newDestinationSchema.parse({ name: 'any', url: standInAt('url') });
  return { ...others, rate: null, concurrency: null, schedule: null, retryOn: null, forwardHeaders: null };
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The settings that differ. One that is no longer named gets its default. */
export function settingsChange(before: ManagedSettings, after: ManagedSettings): ManagedSettings {
  const complete = { ...defaults(), ...after };
  const earlier: ManagedSettings = { ...defaults(), ...before };
  return Object.fromEntries(Object.entries(complete).filter(([name, value]) => !isSame(value, earlier[name])));
}

/**
 * The text that a reference leads to.
 * @param text what the secret has
 * @throws a refusal that does not quote the secret
 */
export function textAt({ fromSecret, field }: SecretReference, text: string): string {
  if (field === undefined) return text;
  const value = fieldOf(text, field);
  if (typeof value === 'string') return value;
  throw new Refusal('invalid_request', `The secret ${fromSecret} is no JSON object with a text in the field ${field}.`);
}

function fieldOf(json: string, field: string): unknown {
  try {
    return new Map(Object.entries(JSON.parse(json))).get(field);
  } catch {
    return undefined;
  }
}
