/**
 * An endpoint as its connection's record stores it. `shared/endpoints/endpoint/lifecycle.ts` says which verbs an endpoint allows.
 */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import type { TestMark } from '../credential/self-test-mark.ts';
import type { Placement } from '../credential/token-placement.ts';
import type { AuthPolicy, Guard } from '../settings/auth.ts';
import type { NamedSettings } from '../settings/settings.ts';
import { handshakeStateSchema } from './handshake-state.ts';

/** A token without its value. The id is the version id of the value in Secrets Manager. */
export const tokenSchema = /* @__PURE__ */ schema(() =>
  z.object({
    id: z.string(),
    createdAt: timeSchema,
    createdBy: z.string(),
    /** Only on a previous token: the end of its grace. */
    expiresAt: z.optional(timeSchema),
  }),
);

/**
 * The use of a version's value: as a `bearer` token, as a signing `secret`, or as `both`, two separate values. A secret
 * that was once accepted as a token is a bearer from then on.
 */
const holdsSchema = /* @__PURE__ */ schema(() => z.enum(['bearer', 'secret', 'both']));
export type Holds = z.infer<typeof holdsSchema>;

/** A token as the record stores it, with fields that only the verification of arrivals needs. */
const keptTokenSchema = /* @__PURE__ */ schema(() =>
  z.object({
    ...tokenSchema.shape,
    /**
     * Only on a previous token after a change of auth: the policy that accepts it. Other tokens use the current policy.
     */
    under: z.optional(z.custom<AuthPolicy>()),
    holds: holdsSchema,
  }),
);
export type Token = z.infer<typeof keptTokenSchema>;

/**
 * A secret that is being written. The record names it before the value is stored, so a crash can't leave an unknown
 * secret.
 */
export const pendingSchema = /* @__PURE__ */ schema(() =>
  z.object({
    secret: z.string(),
    tokenId: z.string(),
    since: timeSchema,
    /** The window in which the sender delivered the value. The window closes once the value is stored. */
    windowId: z.optional(z.string()),
  }),
);
export type Pending = z.infer<typeof pendingSchema>;

/** While an endpoint is held, accepted events are stored but not published. */
export const holdSchema = /* @__PURE__ */ schema(() => z.object({ id: z.string(), since: timeSchema }));
export type Hold = z.infer<typeof holdSchema>;

/** The endpoint in the State table. */
export const endpointSchema = /* @__PURE__ */ schema(() =>
  z.object({
    id: z.string(),
    status: z.enum(['configured', 'active', 'inactive']),
    // Not parsed again: the API validated the settings, and nothing else writes them.
    settings: z.custom<NamedSettings>(),
    guard: z.custom<Guard>(),
    /**
     * Places that accepted a token before. The sender may still send a token there, so these places are redacted too.
     */
    formerly: z.optional(z.custom<readonly Placement[]>()),
    /** ARN of the secret in Secrets Manager whose versions are the tokens. */
    secret: z.optional(z.string()),
    /** The current token first, then, during a grace, the previous token. */
    tokens: z.array(keptTokenSchema),
    /**
     * Digests of former tokens, so that no former token is adopted as a signing secret. The digests are kept until the
     * endpoint is deconfigured.
     */
    bearers: z.optional(z.array(z.string())),
    pending: z.optional(pendingSchema),
    hold: z.optional(holdSchema),
    handshake: z.optional(handshakeStateSchema),
    /** The last self-test. The test may still be running. */
    test: z.optional(z.custom<TestMark>()),
  }),
);
export type Endpoint = z.infer<typeof endpointSchema>;

/**
 * All places where an arrival may carry a credential: the current ones, those of a previous token's policy, and the
 * former ones.
 */
export const placementsOf = ({ guard, tokens, formerly = [] }: Endpoint): readonly Placement[] => [
  ...guard.accept,
  ...tokens.flatMap(({ under }) => under?.guard.accept ?? []),
  ...formerly,
];

/**
 * Whether arrivals are verified only by a certificate that the sender publishes. Such an endpoint needs no stored
 * value.
 */
export const isByCertificate = ({ kind, secretFrom }: Guard): boolean =>
  kind === 'signature' && secretFrom === 'nobody';

/** Whether a token is accepted at this time. */
export const isLiveToken = (token: Token, now: Date): boolean =>
  token.expiresAt === undefined || now.getTime() < Date.parse(token.expiresAt);

/** Whether a rotation's grace is running. */
export const hasGrace = (endpoint: Endpoint | null, now: Date): boolean =>
  endpoint?.tokens.slice(1).some((token) => isLiveToken(token, now)) ?? false;
