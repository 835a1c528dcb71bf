/** The requests that create and edit a connection. */
import * as z from 'zod/mini';
import { isProviderId } from '../provider/presets.ts';
import { nearestProvider, providerIdOf } from '../provider/provider-name.ts';
import { maxConnectionName, newConnectionNameForm } from './connection-name.ts';

const nameSchema = z
  .string()
  .check(
    z.regex(
      newConnectionNameForm,
      `must be 2 to ${maxConnectionName} characters: a letter, then letters, digits and dashes, all lower case`,
    ),
  );
/** The message for an unknown provider. Quotes only known names, because the value may be a secret. */
const unknownProvider = ({ input }: { input?: unknown }): string => {
  const meant = typeof input === 'string' ? nearestProvider(input) : undefined;
  const hint = meant === undefined ? ';' : `; did you mean ${JSON.stringify(meant)}?`;
  return `is an unknown provider id${hint} GET /v1/providers lists them, or use generic`;
};
/** Accepts a provider's id or an alias, and turns an alias into the id. */
const providerSchema = z.string().check(
  z.overwrite((name) => providerIdOf(name) ?? name),
  z.refine(isProviderId, { error: unknownProvider }),
);
/** The longest description, in characters. */
const maxDescription = 256;
const descriptionSchema = z.string().check(z.maxLength(maxDescription));

/** The request that creates a connection. */
export const newConnectionSchema = z.strictObject({
  name: nameSchema,
  provider: z._default(providerSchema, 'generic'),
  description: z._default(descriptionSchema, ''),
});
export type NewConnection = z.infer<typeof newConnectionSchema>;

/** The request that edits a connection. The provider can change only while the connection is unconfigured. */
export const connectionChangeSchema = z.strictObject({
  provider: z.optional(providerSchema),
  description: z.optional(descriptionSchema),
});
