/** What operators send to open a connection and to edit it. */
import * as z from 'zod/mini';
import { connectionNameForm } from './connection.ts';
import { isProviderId } from './provider/presets.ts';

const name = z
  .string()
  .check(
    z.regex(
      connectionNameForm,
      'must be 2 to 48 characters: a letter, then letters, digits and dashes, all lower case',
    ),
  );
const provider = z
  .string()
  .check(
    z.refine(isProviderId, { error: 'is the id of no sender: GET /v1/providers lists them, generic is any other' }),
  );
const description = z.string().check(z.maxLength(256));

/** What it takes to open a connection. */
export const newConnectionSchema = z.strictObject({
  name,
  provider: z._default(provider, 'generic'),
  description: z._default(description, ''),
});
export type NewConnection = z.infer<typeof newConnectionSchema>;

/** What can be edited of a connection; its provider only while it is unconfigured. */
export const connectionChangeSchema = z.strictObject({
  provider: z.optional(provider),
  description: z.optional(description),
});
