/**
 * The setting `auth`: whether an arrival needs a token, a signature, or both. The provider's preset fills in what the
 * operator leaves out.
 *
 * The authorizer uses the `guard`. Every change of the endpoint writes the guard to the record. So the authorizer,
 * which runs before every request, needs no presets.
 */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import { type Placement, placementSchema } from '../credential/token-placement.ts';
import { type Scheme, schemeSchema } from '../signature/scheme.ts';

/** The most placements in `accept`. */
const maxPlacements = 8;

export const acceptSchema = /* @__PURE__ */ schema(() =>
  z.array(placementSchema).check(z.minLength(1), z.maxLength(maxPlacements)),
);

/**
 * The name of a scheme. The provider's id names its strongest scheme. The provider's older schemes have their own
 * names.
 */
export const schemeNameSchema = /* @__PURE__ */ schema(() =>
  z.string().check(z.regex(/^[a-z0-9-]{1,48}$/, 'must be the name of a scheme of the provider')),
);

/** A scheme's name or a custom scheme. A zod union would report only "invalid", not the wrong field. */
export const schemeChoiceSchema = /* @__PURE__ */ schema(() =>
  z.custom<string | Scheme>().check((context) => {
    const expected: z.ZodMiniType<string | Scheme> =
      typeof context.value === 'string' ? schemeNameSchema : schemeSchema;
    const parsed = expected.safeParse(context.value);
    if (parsed.success) context.value = parsed.data;
    for (const { message, path } of parsed.error?.issues ?? [])
      context.issues.push({ code: 'custom', message, path: [...path], input: context.value });
  }),
);
export type SchemeChoice = z.infer<typeof schemeChoiceSchema>;

/** `auth` as an operator sends it. */
export const authSchema = /* @__PURE__ */ schema(() => {
  const accept = z.optional(acceptSchema);
  const scheme = z.optional(schemeChoiceSchema);
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('token'), accept }),
    z.strictObject({ kind: z.literal('signature'), scheme }),
    z.strictObject({ kind: z.literal('both'), accept, scheme }),
  ]);
});
export type NamedAuth = z.infer<typeof authSchema>;

export const authKinds = ['token', 'signature', 'both'] as const satisfies readonly Auth['kind'][];

/** `auth` completed from the provider's preset. */
export const authInForceSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('token'), accept: z.readonly(acceptSchema) }),
    z.object({ kind: z.literal('signature'), scheme: schemeChoiceSchema }),
    z.object({ kind: z.literal('both'), accept: z.readonly(acceptSchema), scheme: schemeChoiceSchema }),
  ]),
);
export type Auth = z.infer<typeof authInForceSchema>;

/** The part of the settings in force that the authorizer needs. */
export interface Guard {
  kind: Auth['kind'];
  /** The placements where a token is accepted. Empty if only a signature is demanded. */
  accept: readonly Placement[];
  /** The maker of the secret. `nobody` if the sender signs with a published certificate. */
  secretFrom: 'operator' | 'sender' | 'handshake' | 'nobody';
  /** The HTTP methods of handshakes that need no proof. */
  handshakes: readonly string[];
}

/** The authentication of arrivals: the authorizer's guard, and ingest's auth. */
export interface AuthPolicy {
  guard: Guard;
  auth: Auth;
}
