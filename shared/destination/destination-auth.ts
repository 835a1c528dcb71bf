/** How a request to a destination proves who sends it. */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';
import { destinationHeaderSchema, headerValueSchema } from './destination-header.ts';

/** The longest user name, in characters. */
const maxUsername = 256;

export const destinationAuthSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('bearer'), token: headerValueSchema }),
    z.strictObject({
      kind: z.literal('basic'),
      username: z
        .string()
        .check(
          z.regex(
            new RegExp(`^[\\x20-\\x39\\x3b-\\x7e]{0,${maxUsername}}$`),
            `must be at most ${maxUsername} printable ASCII characters without a colon`,
          ),
        ),
      password: headerValueSchema,
    }),
    z.strictObject({ kind: z.literal('header'), name: destinationHeaderSchema, value: headerValueSchema }),
  ]),
);
export type DestinationAuth = z.infer<typeof destinationAuthSchema>;

export const destinationAuthKinds = ['none', 'bearer', 'basic', 'header'] as const satisfies DestinationAuth['kind'][];

/** The header with the proof. */
export function authHeaders(auth: DestinationAuth): Record<string, string> {
  if (auth.kind === 'none') return {};
  if (auth.kind === 'header') return { [auth.name]: auth.value };
  if (auth.kind === 'bearer') return { authorization: `Bearer ${auth.token}` };
  return { authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}` };
}

/** The values of a proof that must be shown nowhere, also in the form in which they are sent. */
export function secretsOfAuth(auth: DestinationAuth): string[] {
  if (auth.kind === 'none') return [];
  if (auth.kind === 'header') return [auth.value];
  return auth.kind === 'bearer'
    ? [auth.token]
    : [auth.password, Buffer.from(`${auth.username}:${auth.password}`).toString('base64')];
}
