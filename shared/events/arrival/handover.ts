/**
 * The data that the authorizer hands over to ingest with a request, so that a webhook costs one read of its connection.
 */
import * as z from 'zod/mini';
import type { Placement } from '../../endpoints/credential/token-placement.ts';
import type { HandshakeState } from '../../endpoints/endpoint/handshake-state.ts';
import type { Auth } from '../../endpoints/settings/auth.ts';
import type { NamedSettings } from '../../endpoints/settings/settings.ts';
import type { PlacementFault, RejectionReason } from './rejection.ts';

/** The reason why a request was refused. Operators read it, senders never do. */
export type RejectionOrChallenge = RejectionReason | 'challenged';

/** The reason why a request may not pass, and the faults in the placements where a token was expected. */
export interface RejectionDetail {
  reason: RejectionReason;
  faults: PlacementFault[];
}

/**
 * The checks that only ingest can make. `signature` and `bodyToken`: this proof must be valid. `handshake`: nothing is
 * proved, so ingest may answer only a handshake that needs no proof. `challenge`: no credential was sent, and the
 * sender may wait for a challenge.
 */
const pendingProof = z.enum(['signature', 'bodyToken', 'handshake', 'challenge']);

/**
 * A text or null. AWS does not document whether null in an authorizer's context reaches a function, so an absent text counts as
 * null.
 */
const textOrNull = z._default(z.nullable(z.string()), null);

/** The authorizer's findings under one auth policy, and the checks that are left for ingest. */
const proofsSchema = z.object({
  tokenVerified: textOrNull,
  pending: z.array(pendingProof),
  /**
   * Only if ingest must check a token in the body: the SHA-256 of each live token, by token id. With these, ingest need not
   * read any token.
   */
  liveDigests: z.optional(z.custom<Record<string, string>>()),
  /** Only if a signature is pending: the secret and its live versions. */
  signing: z.optional(z.object({ secret: z.string(), versions: z.array(z.string()) })),
  /**
   * The reason why this policy rejects the request, although the other policy lets it pass. The field keeps its old
   * name, because old and new versions of the functions run side by side during a deployment.
   */
  refusal: z.optional(z.custom<RejectionDetail>()),
});
export type AuthorizedProofs = z.infer<typeof proofsSchema>;

export const handoverSchema = z.object({
  connection: z.object({
    id: z.string(),
    name: z.string(),
    provider: z.string(),
    /** The version of its routes. Absent if it has none. */
    routes: z.optional(z.string()),
  }),
  endpoint: z.object({
    id: z.string(),
    // The settings, as in the connection's record.
    settings: z.custom<NamedSettings>(),
    /** The id of the hold in force. Events that are stored during the hold are not published. */
    hold: textOrNull,
    /** The placements where a credential may be: all that this version accepts or has accepted. */
    accept: z.optional(z.custom<readonly Placement[]>()),
    /** The state by which ingest checks a handshake. */
    handshake: z.optional(z.custom<HandshakeState>()),
  }),
  /** Behind CloudFront: the address of the sender. Otherwise the address of the connection is the sender's. */
  sourceIp: z.optional(z.string()),
  /** The request is a self-test. `ms` is the time that the authorizer took. */
  test: z.optional(z.object({ digest: z.string(), publish: z.boolean(), ms: z.number() })),
  ...proofsSchema.shape,
  /** During the grace after a change of auth: the earlier auth policy. */
  earlier: z.optional(z.object({ auth: z.custom<Auth>(), ...proofsSchema.shape })),
});
export type Handover = z.infer<typeof handoverSchema>;
