/** Who manages a connection or a destination besides operators: a resource of a CloudFormation stack, or a file of `hooklatch apply`. */
import * as z from 'zod/mini';
import type { Role } from '../../ground/base/actor.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import { schema } from '../../ground/base/schema.ts';
import { maxConnectionName, newConnectionNameForm } from './connection-name.ts';

/** A mark that is there or not. */
const markSchema = /* @__PURE__ */ schema(() => z.optional(z.literal(true)));

export const stackManagerSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** Absent in records of earlier releases, in which only stacks managed anything. */
    kind: z._default(z.literal('stack'), 'stack'),
    /** ARN of the stack. */
    stackId: z.string(),
    /** The name of the resource in the stack's template. */
    logicalId: z.string(),
    /** True if it existed before. Whoever manages it then never deletes it. */
    adopted: markSchema,
  }),
);
export type StackManager = z.infer<typeof stackManagerSchema>;

export const fileManagerSchema = /* @__PURE__ */ schema(() =>
  z.object({
    kind: z.literal('file'),
    /** The name that the file gives itself. Two files of one name are one owner. */
    name: z.string(),
    adopted: markSchema,
    /** Where the file takes the secret from, or a digest of what it says. Never the secret. Only an admin sees it. */
    tokenRef: z.optional(z.string()),
    /** True if the file has closed the endpoint, or has not opened it yet. Absent: who closed it was an operator. */
    closed: markSchema,
    /** Whether the file has the routes. Absent in records of earlier releases, and of destinations. */
    routes: z.optional(z.boolean()),
  }),
);
export type FileManager = z.infer<typeof fileManagerSchema> & {
  /** Of a destination: what the file says in the places that no answer shows. `destination-manager.ts` has its form. Only an admin sees it. */
  said?: Readonly<Record<string, string>> | undefined;
};

export type ManagedBy = FileManager | StackManager;

/** The longest reference, in characters. The record of each connection has room for it. */
export const maxTokenRef = 200;

/** The form of a reference. It must look like one, so that no value gets here by mistake. */
const tokenRefForm = /^(generate|keep|(env|file|secretsmanager|sha256):[\x21-\x7e]+)$/;

/** The name of a file: as that of a connection. */
export const fileNameSchema = /* @__PURE__ */ schema(() =>
  z
    .string()
    .check(
      z.regex(
        newConnectionNameForm,
        `must be 2 to ${maxConnectionName} characters: a letter, then letters, digits and dashes, all lower case`,
      ),
    ),
);

/** The file that an operator says. A stack says itself by its function alone. */
export const fileManagerRequestSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    ...fileManagerSchema.shape,
    name: fileNameSchema,
    tokenRef: z.optional(
      z
        .string()
        .check(
          z.maxLength(maxTokenRef),
          z.regex(tokenRefForm, 'must be a reference: generate, keep, env:…, file:…, secretsmanager:… or sha256:…'),
        ),
    ),
  }),
);

/** A resource of a stack. */
export type ManagingResource = Pick<StackManager, 'stackId' | 'logicalId'>;

/** The resource as a manager. */
export const stackManager = (
  { stackId, logicalId }: ManagingResource,
  more: Pick<StackManager, 'adopted'> = {},
): StackManager => ({ kind: 'stack', stackId, logicalId, ...more });

/** What a stack or a file can manage. */
export interface Manageable {
  managedBy?: ManagedBy | undefined;
}

/** Whether this resource manages the connection or destination. */
export const isManagedBy = ({ managedBy }: Manageable, { stackId, logicalId }: ManagingResource): boolean =>
  managedBy?.kind === 'stack' && managedBy.stackId === stackId && managedBy.logicalId === logicalId;

/** The file that manages the connection or destination. Undefined without one. */
export const fileManagerOf = ({ managedBy }: Manageable): FileManager | undefined =>
  managedBy?.kind === 'file' ? managedBy : undefined;

/**
 * The manager as an operator with this role sees it. The references are for admins alone: as the digest of a secret URL, one would
 * confirm a guess.
 */
export function managerShown({ managedBy }: Manageable, role: Role): { managedBy?: ManagedBy } {
  if (managedBy === undefined) return {};
  if (managedBy.kind === 'stack' || role === 'connection_admin') return { managedBy };
  const { tokenRef: _, said: __, ...shown } = managedBy;
  return { managedBy: shown };
}

/** Who manages it, for a sentence. */
const managerText = (managedBy: ManagedBy): string =>
  managedBy.kind === 'file' ? `the file ${managedBy.name}` : `the stack ${managedBy.stackId}`;

/**
 * Refuses what would take something from its manager: a file can take over what nobody manages, and change what it says of its own. Null
 * leaves what a file manages to operators. A stack gives up its own only by itself.
 * @throws a refusal
 */
export function checkManagerChange({ managedBy }: Manageable, wanted: FileManager | null): void {
  const isFree = managedBy === undefined;
  const isOfFile = managedBy?.kind === 'file' && (wanted === null || managedBy.name === wanted.name);
  if (isFree || isOfFile) return;
  throw new Refusal('managed_by_other', `It is managed by ${managerText(managedBy)}, which has to give it up first.`);
}

/** How the history calls a change of the manager. Undefined if it stays. */
export function managerVerb({ managedBy }: Manageable, wanted: FileManager | null): 'adopt' | 'detach' | undefined {
  if (wanted === null) return managedBy && 'detach';
  return managedBy ? undefined : 'adopt';
}
