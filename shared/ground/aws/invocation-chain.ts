/**
 * Chains of invocations: each is woken by what the one before sent, through a queue or by a call. Lambda takes a chain that comes to a function
 * more than 16 times for a loop: it drops the message, and AWS tells the owner of the account by mail. So each message says how long its
 * chain is, and a chain ends long before that. What a schedule, a stream or a request wakes begins a new one.
 */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';

/** The most invocations in a row. The last one sends nothing on. */
const longestChain = 8;

/** The place of an invocation that begins a chain. */
export const firstInChain = 1;

/** What was sent by an earlier version does not say how long its chain is. */
const sentSchema = /* @__PURE__ */ schema(() => z.object({ chain: z.catch(z.int(), 0) }));

/** What a message or a payload says of its chain: the place of the invocation that sent it. */
export interface InChain {
  chain: number;
}

/** The place in its chain of the invocation that gets a message or a payload. */
export const placeAfter = (sent: unknown): number => sentSchema.parse(sent).chain + 1;

/** Whether an invocation at this place may wake another one. */
export const maySendOn = (place: number): boolean => place < longestChain;
