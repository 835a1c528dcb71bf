/** The values that the references of a plan lead to. No message quotes one. */
import { parseJson } from '../../ground/base/parse-json.ts';
import { referencesIn } from './destination-secrets.ts';
import type { ConnectionStep, DestinationStep, Plan } from './plan.ts';
import { isValueReference } from './secret-reference.ts';

/** Reads the value that a reference leads to. What it throws does not quote the value. */
export type ReadSecret = (reference: string) => Promise<string>;

/** The values of references. */
export type SecretValues = ReadonlyMap<string, string>;

const referencesOf = (step: ConnectionStep | DestinationStep): string[] => {
  if ('reference' in step && step.reference !== undefined)
    return isValueReference(step.reference) ? [step.reference] : [];
  return 'hidden' in step ? referencesIn(step.hidden) : [];
};

/**
 * The values of all references of a plan, each read once, before anything is changed.
 * @throws what `readSecret` throws
 */
export async function readSecrets({ items }: Plan, readSecret: ReadSecret): Promise<SecretValues> {
  const references = new Set(items.flatMap(({ steps }) => (steps as ConnectionStep[]).flatMap(referencesOf)));
  const values = new Map<string, string>();
  for (const reference of references) values.set(reference, await readSecret(reference));
  return values;
}

/** The texts of a secret for `auth.kind` both. */
const namesOfBoth = ['value', 'signingSecret'];

/** A reference leads to a text of another form than the auth needs. The message does not quote it. */
export class SecretFormError extends Error {
  override name = 'SecretFormError';
}

/**
 * The values of a reference, as the API takes them. With `auth.kind` both, the text is a JSON object of two.
 * @throws SecretFormError if the object has anything else: Hooklatch would make what the sender has already
 */
export function dictatedValuesOf(
  reference: string,
  isBoth: boolean,
  values: SecretValues,
): { value?: string; signingSecret?: string } {
  const value = values.get(reference);
  if (value === undefined) return {};
  const both = isBoth ? parseJson(value) : undefined;
  if (typeof both !== 'object' || both === null) return { value };
  const fields = Object.entries(both);
  if (fields.length > 0 && fields.every(([name, text]) => namesOfBoth.includes(name) && typeof text === 'string'))
    return both;
  throw new SecretFormError(
    `${reference} must lead to a JSON object of value, signingSecret or both, each a text, because auth.kind is both.`,
  );
}
