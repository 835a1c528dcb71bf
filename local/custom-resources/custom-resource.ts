import { z } from 'zod';

/** CDK's custom resource that empties a bucket when its stack is deleted, which never happens here. */
const emptiesBuckets = 'Custom::S3AutoDeleteObjects';

/** Whether a function of the stack creates, updates and deletes the resources of this type. */
export const isCustomResource = (type: string): boolean =>
  (type.startsWith('Custom::') && type !== emptiesBuckets) || type === 'AWS::CloudFormation::CustomResource';

/**
 * Stands for the URL of the API in stored attributes, because the next start may have another port. On AWS an API keeps its
 * URL.
 */
const apiUrl = 'https://api.invalid';

/**
 * An attribute as it is stored.
 * @param url the URL of the API
 */
export const storedAttribute = (value: unknown, url: string): unknown =>
  typeof value === 'string' ? value.replaceAll(url, apiUrl) : value;

/**
 * A stored attribute as `Fn::GetAtt` returns it, or undefined if it is no text.
 * @param url the URL of the API
 */
export const attributeText = (value: unknown, url: string): string | undefined =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value).replaceAll(apiUrl, url) : undefined;

export const declarationSchema = z.object({
  type: z.string(),
  /** The resolved properties, ServiceToken included. */
  properties: z.record(z.string(), z.unknown()),
  deletionPolicy: z.enum(['Delete', 'Retain', 'RetainExceptOnCreate']),
  updateReplacePolicy: z.enum(['Delete', 'Retain']),
});

export const customResourceSchema = z.object({
  ...declarationSchema.shape,
  /** The id that the function chose. With another id, the resource is another one. */
  physicalId: z.string(),
  /** What `Fn::GetAtt` returns, as it is stored. */
  attributes: z.record(z.string(), z.unknown()),
});

/** A custom resource as a template declares it. */
export type Declaration = z.infer<typeof declarationSchema>;

/** A custom resource that its function has created. */
export type CustomResource = z.infer<typeof customResourceSchema>;

export const changeSchema = z.object({
  requestId: z.string(),
  logicalId: z.string(),
  wanted: declarationSchema,
  /** The resource that is updated. Without it, one is created. */
  current: customResourceSchema.optional(),
});

/** A resource to create or to update. */
export type Change = z.infer<typeof changeSchema>;

export const removalSchema = z.object({ logicalId: z.string(), resource: customResourceSchema });

/** A resource to delete. */
export type Removal = z.infer<typeof removalSchema>;
