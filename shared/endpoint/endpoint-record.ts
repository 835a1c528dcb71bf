/** An endpoint as the record of its connection keeps it. What may be done to it is said in `shared/endpoint/lifecycle.ts`. */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';
import { timeSchema } from '../base/time.ts';
import type { TestMark } from '../credential/self-test-mark.ts';
import type { Placement } from '../credential/token-placement.ts';
import type { AuthPolicy, Guard } from '../settings/auth.ts';
import type { Alerts, NamedSettings } from '../settings/settings.ts';
import { handshakeStateSchema } from './handshake-state.ts';

/** A token as the record knows it: its id is the version id of its value in Secrets Manager, and never the value. */
export const tokenSchema = /* @__PURE__ */ schema(() =>
  z.object({
    id: z.string(),
    createdAt: timeSchema,
    createdBy: z.string(),
    /** Only of a previous token: the end of its grace. */
    expiresAt: z.optional(timeSchema),
  }),
);

/**
 * What the value of a version holds: a `bearer` token, the `secret` that a sender signs with, or `both`, each by itself.
 * A secret that is once accepted as a token is a bearer from then on.
 */
const holdsSchema = /* @__PURE__ */ schema(() => z.enum(['bearer', 'secret', 'both']));
export type Holds = z.infer<typeof holdsSchema>;

/** A token as the record keeps it, with what only the judging of deliveries is to know. */
const keptTokenSchema = /* @__PURE__ */ schema(() =>
  z.object({
    ...tokenSchema.shape,
    /** Only of a previous token that a change of auth left: the way that it is accepted by. Others go by the present one. */
    under: z.optional(z.custom<AuthPolicy>()),
    /** Absent of a version that an older release made; `shared/endpoint/bearer-digest.ts` says what that means. */
    holds: z.optional(holdsSchema),
  }),
);
export type Token = z.infer<typeof keptTokenSchema>;

/** A secret that is being written; the record notes it before the value is put, so that no crash can leave it unnamed. */
export const pendingSchema = /* @__PURE__ */ schema(() =>
  z.object({
    secret: z.string(),
    tokenId: z.string(),
    since: timeSchema,
    /** The window in which a sender delivered the value. It ends once the value is stored. */
    windowId: z.optional(z.string()),
  }),
);
export type Pending = z.infer<typeof pendingSchema>;

/** While an endpoint is held, what it accepts is stored and not published. */
export const holdSchema = /* @__PURE__ */ schema(() => z.object({ id: z.string(), since: timeSchema }));
export type Hold = z.infer<typeof holdSchema>;

/** Reads what earlier versions stored: `alerts.rejections` was `alerts.refusals` then. */
function withRejections(settings: NamedSettings): NamedSettings {
  const { refusals: rejections, ...alerts } = { ...settings.alerts } as Alerts & { refusals?: Alerts['rejections'] };
  return rejections ? { ...settings, alerts: { ...alerts, rejections } } : settings;
}

/** The endpoint as the State table keeps it. */
export const endpointSchema = /* @__PURE__ */ schema(() =>
  z.object({
    id: z.string(),
    status: z.enum(['configured', 'active', 'inactive']),
    // What operators named was parsed when they did, and nobody else writes here.
    settings: z.custom<NamedSettings>().check(z.overwrite(withRejections)),
    guard: z.custom<Guard>(),
    /** Where a token was accepted before: a sender may go on sending it there, so nothing of these places is shown. */
    formerly: z.optional(z.custom<readonly Placement[]>()),
    /** ARN of the secret in Secrets Manager whose versions are the tokens. */
    secret: z.optional(z.string()),
    /** The current token first, then, during a grace, the previous one. */
    tokens: z.array(keptTokenSchema),
    /** Digests of values that were tokens, so that none of them is adopted to sign. Kept until the endpoint is deconfigured. */
    bearers: z.optional(z.array(z.string())),
    pending: z.optional(pendingSchema),
    hold: z.optional(holdSchema),
    handshake: z.optional(handshakeStateSchema),
    /** The last test, which may run still. */
    test: z.optional(z.custom<TestMark>()),
  }),
);
export type Endpoint = z.infer<typeof endpointSchema>;

/** Where a credential may stand in a delivery, by what is accepted now, in a grace, or was accepted before. */
export const placementsOf = ({ guard, tokens, formerly = [] }: Endpoint): readonly Placement[] => [
  ...guard.accept,
  ...tokens.flatMap(({ under }) => under?.guard.accept ?? []),
  ...formerly,
];

/** The form of an endpoint id: 128 random bits, base64url. */
export const endpointIdForm = /^[0-9A-Za-z_-]{22}$/;

/** Whether a certificate that the sender publishes is all that proves a delivery. No value is needed then. */
export const isByCertificate = ({ kind, secretFrom }: Guard): boolean =>
  kind === 'signature' && secretFrom === 'nobody';

/** Whether a token is accepted at this time. */
export const isLive = (token: Token, now: Date): boolean =>
  token.expiresAt === undefined || now.getTime() < Date.parse(token.expiresAt);

/** Whether a rotation's grace is running. */
export const hasGrace = (endpoint: Endpoint | null, now: Date): boolean =>
  endpoint?.tokens.slice(1).some((token) => isLive(token, now)) ?? false;
