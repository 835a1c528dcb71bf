/** How a request to a destination proves who sends it. */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import { destinationHeaderSchema, headerValueSchema } from './destination-header.ts';
import { destinationUrlSchema } from './destination-url.ts';

/** The longest user name, id of a client or scope, in characters. */
const maxUsername = 256;

const publicText = (least: number) =>
  z
    .string()
    .check(
      z.regex(
        new RegExp(`^[\\x20-\\x7e]{${least},${maxUsername}}$`),
        `must be ${least} to ${maxUsername} printable ASCII characters`,
      ),
    );

/** OAuth 2 client credentials: where the token is asked for, and as whom. */
const oauthSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    kind: z.literal('oauth2'),
    tokenUrl: destinationUrlSchema,
    clientId: publicText(1),
    clientSecret: headerValueSchema,
    scope: z.optional(publicText(1)),
    /** Where the issuer expects the credentials (RFC 6749, 2.3.1). */
    clientAuthentication: z._default(z.enum(['basic', 'body']), 'basic'),
  }),
);
export type OAuthClient = z.infer<typeof oauthSchema>;

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
    oauthSchema,
  ]),
);
export type DestinationAuth = z.infer<typeof destinationAuthSchema>;

export const destinationAuthKinds = [
  'none',
  'bearer',
  'basic',
  'header',
  'oauth2',
] as const satisfies DestinationAuth['kind'][];

/** The proof of one request: for OAuth 2, the token takes the place of the credentials. */
export type RequestProof = Exclude<DestinationAuth, { kind: 'oauth2' }>;

const basic = (username: string, password: string): string => Buffer.from(`${username}:${password}`).toString('base64');

/** A text as it stands in a form (application/x-www-form-urlencoded). */
export const asForm = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

/** The header with the proof. */
export function authHeaders(auth: RequestProof): Record<string, string> {
  if (auth.kind === 'none') return {};
  if (auth.kind === 'header') return { [auth.name]: auth.value };
  if (auth.kind === 'bearer') return { authorization: `Bearer ${auth.token}` };
  return { authorization: `Basic ${basic(auth.username, auth.password)}` };
}

/** The values of a proof that must be shown nowhere, also in the form in which they are sent. */
export function secretsOfAuth(auth: DestinationAuth): string[] {
  switch (auth.kind) {
    case 'none':
      return [];
    case 'header':
      return [auth.value];
    case 'bearer':
      return [auth.token];
    case 'basic':
      return [auth.password, basic(auth.username, auth.password)];
    case 'oauth2': {
      const { clientId, clientSecret } = auth;
      return [clientSecret, asForm(clientSecret), basic(asForm(clientId), asForm(clientSecret))];
    }
  }
}
