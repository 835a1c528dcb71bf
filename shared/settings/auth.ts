/**
 * What a delivery has to prove: a token, a signature, or both. What an operator does not name of it is the provider's.
 *
 * `guard` is what the authorizer judges by. It is written onto the record whenever the endpoint changes, so that the
 * function which wakes up before every request knows no preset.
 */
import * as z from 'zod/mini';
import { type Placement, placementSchema } from '../credential/token-placement.ts';
import { type Scheme, schemeSchema } from '../signature/scheme.ts';

export const acceptSchema = z.array(placementSchema).check(z.minLength(1), z.maxLength(8));

/**
 * How the sender signs: the provider's id for the strongest scheme that it has, the name of one of its older ones, or a
 * scheme of one's own.
 */
const schemeNameSchema = z.string().check(z.regex(/^[a-z0-9-]{1,48}$/, 'must be the name of a scheme of the provider'));

/** A union would say of a scheme that it is none, and not what is wrong in it. */
const schemeChoiceSchema = z.custom<string | Scheme>().check((context) => {
  const schema: z.ZodMiniType<string | Scheme> = typeof context.value === 'string' ? schemeNameSchema : schemeSchema;
  const parsed = schema.safeParse(context.value);
  if (parsed.success) context.value = parsed.data;
  for (const { message, path } of parsed.error?.issues ?? [])
    context.issues.push({ code: 'custom', message, path: [...path], input: context.value });
});
export type SchemeChoice = z.infer<typeof schemeChoiceSchema>;

const accept = z.optional(acceptSchema);
const scheme = z.optional(schemeChoiceSchema);

/** `auth` as an operator names it. */
export const authSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('token'), accept }),
  z.strictObject({ kind: z.literal('signature'), scheme }),
  z.strictObject({ kind: z.literal('both'), accept, scheme }),
]);
export type NamedAuth = z.infer<typeof authSchema>;

export const authKinds = ['token', 'signature', 'both'] as const satisfies readonly Auth['kind'][];

/** `auth` with what the provider adds to it. */
export const authInForceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('token'), accept: z.readonly(acceptSchema) }),
  z.object({ kind: z.literal('signature'), scheme: schemeChoiceSchema }),
  z.object({ kind: z.literal('both'), accept: z.readonly(acceptSchema), scheme: schemeChoiceSchema }),
]);
export type Auth = z.infer<typeof authInForceSchema>;

/** What the authorizer must know of the settings in force. */
export interface Guard {
  kind: Auth['kind'];
  /** Where a token is accepted; empty where only a signature is asked for. */
  accept: readonly Placement[];
  /** Who makes the secret; `nobody` where the sender signs with a published certificate. */
  secretFrom: 'operator' | 'sender' | 'handshake' | 'nobody';
  /** The methods of the handshakes that are answered without a proof. */
  handshakes: readonly string[];
}

/** A way in which deliveries are proved: what the authorizer judges by, and what ingest does. */
export interface AuthPolicy {
  guard: Guard;
  auth: Auth;
}
