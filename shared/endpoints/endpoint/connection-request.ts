/** The requests that create and edit a connection. */
import * as z from 'zod/mini';
import { said } from '../../ground/base/advice.ts';
import { isProviderId } from '../provider/presets.ts';
import { nearestProvider, providerIdOf } from '../provider/provider-name.ts';
import { maxConnectionName, newConnectionNameForm } from './connection-name.ts';
import { fileManagerRequestSchema } from './managed-by.ts';

const nameSchema = z
  .string()
  .check(
    z.regex(
      newConnectionNameForm,
      `must be 2 to ${maxConnectionName} characters: a letter, then letters, digits and dashes, all lower case`,
    ),
  );
/** What is wrong with an unknown provider. Quotes only known names, because the value may be a secret. */
const unknownProvider = (input: string) => {
  const nearest = nearestProvider(input);
  const advice = { code: nearest === undefined ? 'unknown_provider' : 'mistyped_provider', nearest } as const;
  return { code: 'custom', input, message: said(advice), params: { facts: [advice] } } as const;
};
/** Accepts a provider's id or an alias, and turns an alias into the id. */
const providerSchema = z.string().check(
  z.overwrite((name) => providerIdOf(name) ?? name),
  z.check(({ value, issues }) => void (isProviderId(value) || issues.push(unknownProvider(value)))),
);
/** The longest description, in characters. */
const maxDescription = 256;
const descriptionSchema = z.string().check(z.maxLength(maxDescription));

/** The request that creates a connection. */
export const newConnectionSchema = z.strictObject({
  name: nameSchema,
  provider: z._default(providerSchema, 'generic'),
  description: z._default(descriptionSchema, ''),
  /** The file that manages the connection from the beginning. */
  managedBy: z.optional(fileManagerRequestSchema),
});
export type NewConnection = z.infer<typeof newConnectionSchema>;

/**
 * The request that edits a connection. The provider can change only while the connection is unconfigured. `managedBy` makes a file manage
 * it, and null leaves it to operators.
 */
export const connectionChangeSchema = z.strictObject({
  provider: z.optional(providerSchema),
  description: z.optional(descriptionSchema),
  managedBy: z.optional(z.nullable(fileManagerRequestSchema)),
});
