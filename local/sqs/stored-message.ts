import { z } from 'zod';

/** Times are milliseconds since 1970. */
const state = z.strictObject({
  sentAt: z.number(),
  /** The message can't be received before this time: it is delayed, or in flight. */
  visibleAt: z.number(),
  /** How often the message was received, in this queue and in those before it. */
  receives: z.number(),
  /** How often it was received before it came to this queue as a dead letter. */
  earlierReceives: z.number().optional(),
  firstReceivedAt: z.number().optional(),
  /** The last receive: its time, and the part of its receipt handle that no other receive has. */
  receivedAt: z.number().optional(),
  receipt: z.string().optional(),
  /** The message group. */
  group: z.string().optional(),
  /** The ARN of the queue that gave the message up as a dead letter. */
  deadLetterOf: z.string().optional(),
});

/** The part of a message that changes. A queue keeps it in memory too. */
export type MessageState = z.infer<typeof state>;

const attribute = z.strictObject({
  DataType: z.string(),
  StringValue: z.string().optional(),
  /** Base64. */
  BinaryValue: z.string().optional(),
});

export type MessageAttribute = z.infer<typeof attribute>;

const content = z.strictObject({
  body: z.string(),
  attributes: z.record(z.string(), attribute),
  traceHeader: z.string().optional(),
});

/** The part of a message that its sender chose. It is on the disk only. */
export type MessageContent = z.infer<typeof content>;

export const parseState = (json: string): MessageState => state.parse(JSON.parse(json));
export const parseContent = (json: string): MessageContent => content.parse(JSON.parse(json));
