/** The resource of a CloudFormation stack that manages a connection or a destination. */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';

export const managedBySchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** ARN of the stack. */
    stackId: z.string(),
    /** The name of the resource in the stack's template. */
    logicalId: z.string(),
    /** True if it existed before. The stack then never deletes it. */
    adopted: z.optional(z.literal(true)),
  }),
);
export type ManagedBy = z.infer<typeof managedBySchema>;

/** A resource of a stack. */
export type StackResource = Pick<ManagedBy, 'stackId' | 'logicalId'>;

/** Whether this resource manages the connection or destination. */
export const isManagedBy = (
  { managedBy }: { managedBy?: ManagedBy | undefined },
  { stackId, logicalId }: StackResource,
): boolean => managedBy?.stackId === stackId && managedBy.logicalId === logicalId;
