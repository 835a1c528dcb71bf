/** What operators send to open a connection and to edit it. */
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
/** What a name that is no sender's most likely means; only known names are quoted, because a value may be a secret. */
const unknownProvider = ({ input }: { input?: unknown }): string => {
  const meant = typeof input === 'string' ? nearestProvider(input) : undefined;
  const hint = meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`;
  return `is the id of no sender${hint}${hint ? ' ' : ': '}GET /v1/providers lists them, generic is any other`;
};
/** A sender's id, or another name of it, for which its id is stored. */
const providerSchema = z.string().check(
  z.overwrite((name) => providerIdOf(name) ?? name),
  z.refine(isProviderId, { error: unknownProvider }),
);
const descriptionSchema = z.string().check(z.maxLength(256));

/** What it takes to open a connection. */
export const newConnectionSchema = z.strictObject({
  name: nameSchema,
  provider: z._default(providerSchema, 'generic'),
  description: z._default(descriptionSchema, ''),
});
export type NewConnection = z.infer<typeof newConnectionSchema>;

/** What can be edited of a connection; its provider only while it is unconfigured. */
export const connectionChangeSchema = z.strictObject({
  provider: z.optional(providerSchema),
  description: z.optional(descriptionSchema),
});
