/** The test of routes: which rules match an event, and what would be sent. Nothing is sent. */
import * as z from 'zod/mini';
import { headersSchema } from '../../events/event/event.ts';
import { schema } from '../../ground/base/schema.ts';
import { routeModes } from './routes.ts';
import { routesRequestSchema } from './routes-request.ts';

/** An event that nobody sent. */
const givenEventSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    type: z._default(z.string(), 'webhook'),
    /** In patterns and transforms their names are in lower case, as those of a stored event. */
    headers: z._default(z.record(z.string(), z.string()), {}),
    query: z._default(z.string(), ''),
    path: z._default(z.string(), ''),
    sourceIp: z._default(z.string(), ''),
    /** The body as JSON. By default there is none. */
    data: z.optional(z.unknown()),
  }),
);
export type GivenEvent = z.infer<typeof givenEventSchema>;

export const routesTestRequestSchema = /* @__PURE__ */ schema(() =>
  z
    .strictObject({
      event: z.optional(givenEventSchema),
      /** A stored event of the connection. */
      eventId: z.optional(z.string()),
      /** Other rules than those in force. */
      routes: z.optional(routesRequestSchema),
    })
    .check(
      z.refine(({ event, eventId }) => (event === undefined) !== (eventId === undefined), {
        error: 'must have either event or eventId',
      }),
    ),
);
export type RoutesTestRequest = z.infer<typeof routesTestRequestSchema>;

/** Why nothing would be sent although the rule matches. */
export const unsentReasons = [
  /** The expression selects nothing. */
  'empty',
  /** The expression failed. */
  'error',
  /** The expression took too much time or memory. */
  'killed',
  /** The function that evaluates expressions had no capacity left. */
  'throttled',
  /** The event is too large for an expression. */
  'too_large',
  /** The destination of the rule was deleted. */
  'destination_gone',
  /** The test took too long before it came to this rule. */
  'no_time',
] as const;

/** What a destination would get. */
export const shownMessageSchema = /* @__PURE__ */ schema(() =>
  z.object({
    method: z.string(),
    /** The sender's headers that go on. Those that are configured, the proof and the signature are added to them. */
    headers: headersSchema,
    /** The size of the whole body, in bytes. */
    bytes: z.int(),
    /** The body, if it is text. */
    body: z.optional(z.string()),
    bodyBase64: z.optional(z.string()),
    /** Only the beginning of the body is shown. */
    isCut: z.optional(z.boolean()),
  }),
);
export type ShownMessage = z.infer<typeof shownMessageSchema>;

export const ruleFindingSchema = /* @__PURE__ */ schema(() =>
  z.object({
    id: z.string(),
    to: z.string(),
    /** `over_budget`: to find out would take too many steps. `not_reached`: in the mode `first`, an earlier rule matches. */
    verdict: z.enum(['match', 'no_match', 'over_budget', 'not_reached']),
    /**
     * Where the event first differs from the pattern, as a JSON pointer into the pattern. Absent also if the event meets each condition
     * by itself, but no single element of a list meets all of them.
     */
    mismatch: z.optional(z.string()),
    /** The paths of the transform at which the event has nothing, each up to the name that is missing. At most 20. */
    emptyPaths: z.optional(z.array(z.string())),
    sent: z.optional(shownMessageSchema),
    unsent: z.optional(
      z.object({
        reason: z.enum(unsentReasons),
        message: z.optional(z.string()),
        /** Where in the expression. */
        position: z.optional(z.number()),
      }),
    ),
  }),
);
export type RuleFinding = z.infer<typeof ruleFindingSchema>;

export const routesTestSchema = /* @__PURE__ */ schema(() =>
  z.object({
    mode: z.enum(routeModes),
    rules: z.array(ruleFindingSchema),
    /** The body holds a token. Patterns, transforms and destinations see it masked. */
    masked: z.optional(z.boolean()),
    /** On the bus, the items of this event are events of their own. Routes see it whole, so a pattern of the bus may match other events. */
    split: z.optional(z.boolean()),
    /** Why no body is shown. */
    bodyWithheld: z.optional(z.string()),
  }),
);
export type RoutesTest = z.infer<typeof routesTestSchema>;
