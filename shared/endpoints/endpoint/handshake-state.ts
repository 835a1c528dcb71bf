/**
 * An endpoint's handshake data: the verify token, the window and a delivered secret. In the window, the sender may
 * deliver its secret once. A delivered secret waits for an operator if the endpoint already had another secret.
 */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import type { HandshakeWindow } from './handshake-window.ts';

const windowSchema = /* @__PURE__ */ schema(() =>
  z.object({ id: z.string(), until: timeSchema }),
) satisfies z.ZodMiniType<HandshakeWindow>;

const deliveredSecretSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** The version id of its value. */
    tokenId: z.string(),
    at: timeSchema,
    /** The address it came from, so that an operator can judge whether it was the sender. */
    sourceIp: z.string(),
  }),
);

export const handshakeStateSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** The sender must present the verify token in its handshake. The verify token does not authorize arrivals. */
    verifyToken: z.optional(z.string()),
    window: z.optional(windowSchema),
    delivered: z.optional(deliveredSecretSchema),
  }),
);
export type HandshakeState = z.infer<typeof handshakeStateSchema>;

type HandshakeChange = { [Key in keyof HandshakeState]: HandshakeState[Key] | undefined };

/** An endpoint with this change. Undefined values are removed. */
export function withHandshake<E extends { handshake?: HandshakeState | undefined }>(
  endpoint: E,
  change: HandshakeChange,
): E {
  const { handshake, ...rest } = endpoint;
  const kept = Object.entries({ ...handshake, ...change }).filter(([, value]) => value !== undefined);
  return (kept.length === 0 ? rest : { ...rest, handshake: Object.fromEntries(kept) }) as E;
}
