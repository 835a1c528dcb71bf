/**
 * A destination: an HTTP receiver of events, with what a request to it needs. Its URL beyond the origin, the values of its
 * headers and its proofs are in the secret store; the record says which version of them is live.
 */
import * as z from 'zod/mini';
import type { Author } from '../../ground/base/actor.ts';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { destinationAuthKinds } from './destination-auth.ts';
import { destinationManagerSchema } from './destination-manager.ts';
import { destinationRateSchema } from './destination-rate.ts';

export const destinationMethods = ['POST', 'PUT', 'PATCH'] as const;

/** The fields that the record and the operators' view have in common. */
export const destinationFields = /* @__PURE__ */ schema(() => ({
  name: z.string(),
  description: z.string(),
  /** What is shown of the URL. */
  origin: z.string(),
  method: z.enum(destinationMethods),
  /** The names of the configured headers. */
  headerNames: z.array(z.string()),
  authKind: z.enum(destinationAuthKinds),
  timeoutSeconds: z.int(),
  /** The most requests in a time, and the most at once. Without them, only the deployment's own limits hold. */
  rate: z.optional(destinationRateSchema),
  concurrency: z.optional(z.int()),
  /** How long a delivery is tried, in hours. The time in which the destination was paused does not count. */
  giveUpAfterHours: z.int(),
  /** The waits between attempts, in seconds, of which the last one repeats. Without it, the usual ones. */
  schedule: z.optional(z.array(z.int())),
  /** After which answers a delivery is attempted again, such as `503` and `5xx`. Without it, after each failure. */
  retryOn: z.optional(z.array(z.string())),
  /** The sender's headers that go on although they usually do not: those of a signature of another body, and those of proxies. */
  forwardHeaders: z.optional(z.array(z.string())),
  /** A paused destination is sent nothing but tests. */
  status: z.enum(['active', 'paused']),
  /** Since when it is paused. */
  pausedSince: z.optional(timeSchema),
  version: z.int(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  updatedBy: z.string(),
  /** Only if a CloudFormation stack or a file manages the destination. */
  managedBy: z.optional(destinationManagerSchema),
}));

/** What an operator did with a destination. A change writes its entry into the record; the stream copies it to the history. */
export const destinationEntrySchema = /* @__PURE__ */ schema(() =>
  z.object({
    verb: z.enum([
      'create',
      'edit',
      'pause',
      'resume',
      'attempt',
      'revealSecret',
      'rotateSecret',
      'adopt',
      'detach',
      'delete',
    ]),
    by: z.string(),
    at: timeSchema,
    /** The names of the settings that an edit set to other values. */
    settings: z.optional(z.array(z.string())),
  }),
);
export type DestinationEntry = z.infer<typeof destinationEntrySchema>;

/** How long a delivery is tried if nothing else was said, in hours. */
export const defaultGiveUpAfterHours = 72;

/** The record of the State table. A record that was written before a field existed has the default. */
export const destinationSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** Immutable and random, so that a later destination of the same name inherits nothing. */
    id: z.string(),
    ...destinationFields,
    giveUpAfterHours: z._default(destinationFields.giveUpAfterHours, defaultGiveUpAfterHours),
    status: z._default(destinationFields.status, 'active'),
    /** For how long it was paused before, in milliseconds. `pausedMsAt` adds a pause that lasts. */
    pausedMs: z._default(z.int(), 0),
    /**
     * Grows when another URL, another proof, a resumption or a wish to attempt all makes earlier failures meaningless: what is known of the health of one
     * generation says nothing about the next.
     */
    generation: z._default(z.int(), 1),
    /** The ARN of the secret, and the id of its live version. A version never changes. */
    secret: z.string(),
    valueId: z.string(),
    /** When the signing secret was made, and until when the one before it signs too. */
    signing: z.object({ createdAt: timeSchema, createdBy: z.string(), previousUntil: z.optional(timeSchema) }),
    entry: destinationEntrySchema,
  }),
);
export type Destination = z.infer<typeof destinationSchema>;

/**
 * The record while a destination is made: it names the secret before the secret is there, so that a crash can't leave an unknown
 * one. For operators, there is no destination yet.
 */
export const unfinishedDestinationSchema = /* @__PURE__ */ schema(() =>
  z.object({
    name: z.string(),
    version: z.int(),
    /** The name of the secret, and since when it is being made. */
    pending: z.object({ secret: z.string(), since: timeSchema }),
  }),
);
export type UnfinishedDestination = z.infer<typeof unfinishedDestinationSchema>;

/** What the State table has under a destination's name. */
export type DestinationRecord = Destination | UnfinishedDestination;

export const isFinished = (record: DestinationRecord | undefined): record is Destination =>
  record !== undefined && !('pending' in record);

/** The settings that the record has. */
export type DestinationSettings = Pick<
  Destination,
  | 'name'
  | 'description'
  | 'origin'
  | 'method'
  | 'headerNames'
  | 'authKind'
  | 'timeoutSeconds'
  | 'rate'
  | 'concurrency'
  | 'giveUpAfterHours'
  | 'schedule'
  | 'retryOn'
  | 'forwardHeaders'
  | 'managedBy'
>;

/** The record of a destination whose secret is made. It follows the unfinished one. */
export function newDestination(
  unfinished: UnfinishedDestination,
  settings: DestinationSettings,
  stored: Pick<Destination, 'id' | 'secret' | 'valueId'>,
  { by, now }: Author,
): Destination {
  const at = now.toISOString();
  return {
    ...stored,
    ...settings,
    status: 'active',
    pausedMs: 0,
    generation: 1,
    version: unfinished.version + 1,
    createdAt: at,
    updatedAt: at,
    updatedBy: by,
    signing: { createdAt: at, createdBy: by },
    entry: { verb: 'create', by, at },
  };
}

/** The next version of a record. A field that is undefined in the change is removed. */
export const nextDestination = (
  destination: Destination,
  change: Partial<Destination>,
  entry: DestinationEntry,
): Destination => ({
  ...destination,
  ...change,
  version: destination.version + 1,
  updatedAt: entry.at,
  updatedBy: entry.by,
  entry,
});

/** The longest that a request of an operator can still be on its way, in ms: API Gateway waits 30 seconds for its answer. */
export const maxRequestMs = 60_000;

/**
 * Whether a deletion of it is on its way. It first says in the record by whom, and then removes the record, unless routes name the
 * destination.
 */
export const isBeingDeleted = ({ entry }: Destination, now: Date): boolean =>
  entry.verb === 'delete' && now.getTime() - Date.parse(entry.at) < maxRequestMs;

/** Whether the signing secret before the last rotation signs too. */
export const hasSigningGrace = ({ signing: { previousUntil } }: Destination, now: Date): boolean =>
  previousUntil !== undefined && now.getTime() < Date.parse(previousUntil);

/** Whether requests wait until an operator resumes the destination. */
export const isPaused = ({ status }: Pick<Destination, 'status'>): boolean => status === 'paused';

/** For how long a destination was paused until `now`, in milliseconds, with a pause that lasts. */
export const pausedMsAt = (
  { pausedMs, pausedSince }: Pick<Destination, 'pausedMs' | 'pausedSince'>,
  now: Date,
): number => (pausedSince === undefined ? pausedMs : pausedMs + Math.max(0, now.getTime() - Date.parse(pausedSince)));
