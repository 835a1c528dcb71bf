/**
 * What an endpoint has for its sender's handshake: a verify token; the window in which the sender may deliver its secret,
 * once; and a secret that was delivered while there was one already, and waits for an operator's word.
 */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';
import { timeSchema } from '../base/time.ts';
import type { HandshakeWindow } from './handshake-window.ts';

const windowSchema = /* @__PURE__ */ schema(() =>
  z.object({ id: z.string(), until: timeSchema }),
) satisfies z.ZodMiniType<HandshakeWindow>;

const deliveredSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** The version id of its value. */
    tokenId: z.string(),
    at: timeSchema,
    /** From where it came, so that an operator can tell whether the sender did it. */
    sourceIp: z.string(),
  }),
);

export const handshakeStateSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** What the sender has to say in its handshake; it lets nobody deliver anything. */
    verifyToken: z.optional(z.string()),
    window: z.optional(windowSchema),
    delivered: z.optional(deliveredSchema),
  }),
);
export type HandshakeState = z.infer<typeof handshakeStateSchema>;

type HandshakeChange = { [Key in keyof HandshakeState]: HandshakeState[Key] | undefined };

/** An endpoint with this changed; what is undefined is taken away. */
export function withHandshake<E extends { handshake?: HandshakeState | undefined }>(
  endpoint: E,
  change: HandshakeChange,
): E {
  const { handshake, ...rest } = endpoint;
  const kept = Object.entries({ ...handshake, ...change }).filter(([, value]) => value !== undefined);
  return (kept.length === 0 ? rest : { ...rest, handshake: Object.fromEntries(kept) }) as E;
}
