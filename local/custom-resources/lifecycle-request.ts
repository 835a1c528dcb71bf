import { z } from 'zod';
import { parseJson } from '../../shared/ground/base/parse-json.ts';
import type { Change, Removal } from './custom-resource.ts';
import type { Fulfilled } from './stack-state.ts';

/** CloudFormation's limit for an answer. */
export const maxAnswerBytes = 4096;
const maxPhysicalIdBytes = 1024;
const longestTimeoutSeconds = 3600;

/** A request as CloudFormation sends it to the function of a custom resource. */
export interface LifecycleRequest {
  RequestType: 'Create' | 'Update' | 'Delete';
  ServiceToken: string;
  ResponseURL: string;
  StackId: string;
  RequestId: string;
  LogicalResourceId: string;
  PhysicalResourceId?: string;
  ResourceType: string;
  ResourceProperties: Record<string, unknown>;
  OldResourceProperties?: Record<string, unknown>;
}

/** What no template says. */
export interface Addressing {
  stackId: string;
  responseUrl: string;
}

/** The request that creates or updates a resource. */
export function changeRequest({ requestId, logicalId, wanted, current }: Change, at: Addressing): LifecycleRequest {
  return {
    RequestType: current ? 'Update' : 'Create',
    ...head(wanted.properties, at),
    RequestId: requestId,
    LogicalResourceId: logicalId,
    ...(current && { PhysicalResourceId: current.physicalId }),
    ResourceType: wanted.type,
    ResourceProperties: wanted.properties,
    ...(current && { OldResourceProperties: current.properties }),
  };
}

/** The request that deletes a resource. */
export function deleteRequest({ logicalId, resource }: Removal, requestId: string, at: Addressing): LifecycleRequest {
  return {
    RequestType: 'Delete',
    ...head(resource.properties, at),
    RequestId: requestId,
    LogicalResourceId: logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ResourceProperties: resource.properties,
  };
}

const head = (properties: Record<string, unknown>, { stackId, responseUrl }: Addressing) => ({
  ServiceToken: serviceTokenOf(properties),
  ResponseURL: responseUrl,
  StackId: stackId,
});

/** The ARN of the function that a resource's requests go to. */
export const serviceTokenOf = (properties: Record<string, unknown>): string => String(properties['ServiceToken'] ?? '');

/** How long an answer may take, in milliseconds. */
export const timeoutOf = (properties: Record<string, unknown>): number =>
  Number(properties['ServiceTimeout'] ?? longestTimeoutSeconds) * 1000;

/**
 * The reason why CloudFormation would not send a request, or undefined.
 * @param functions those of the stack, by ARN
 */
export function refusalOf({ wanted, current }: Change, functions: ReadonlyMap<string, unknown>): string | undefined {
  const { ServiceToken: token, ServiceTimeout: timeout } = wanted.properties;
  if (token === undefined) return 'it has no ServiceToken';
  if (!functions.has(String(token))) return unknownToken;
  if (current && current.type !== wanted.type) return `its type can't change from ${current.type} to ${wanted.type}`;
  if (current && serviceTokenOf(current.properties) !== token) return "its ServiceToken can't change";
  const seconds = Number(timeout ?? longestTimeoutSeconds);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= longestTimeoutSeconds) return undefined;
  return `its ServiceTimeout must be from 1 to ${longestTimeoutSeconds} seconds`;
}

export const unknownToken = 'its ServiceToken is not the ARN of a function in the template';

/** Each number and boolean becomes a text, as CloudFormation does with the properties of custom resources. */
export function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asTexts(item)]));
}

/** What came of a request. */
export type Outcome =
  | ({ status: 'fulfilled' } & Fulfilled)
  | { status: 'failed'; reason: string; physicalId?: string | undefined };

const answerSchema = z.looseObject({
  Status: z.enum(['SUCCESS', 'FAILED']),
  Reason: z.string().optional(),
  PhysicalResourceId: z.string().optional(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  Data: z.record(z.string(), z.unknown()).optional(),
});

/** Reads the answer of a function. It is never quoted, except for its reason. */
export function readAnswer(text: string, request: LifecycleRequest): Outcome {
  const invalid = (problem: string): Outcome => ({ status: 'failed', reason: `The answer is not valid: ${problem}` });
  if (Buffer.byteLength(text) > maxAnswerBytes) return invalid(`it is longer than ${maxAnswerBytes} bytes`);
  const parsed = answerSchema.safeParse(parseJson(text));
  if (!parsed.success) return invalid(`${parsed.error.issues[0]?.path.join('.') || 'it'} has another form`);
  const { Status, Reason, PhysicalResourceId: physicalId, Data } = parsed.data;
  const names = ['StackId', 'RequestId', 'LogicalResourceId'] as const;
  const other = names.find((name) => parsed.data[name] !== request[name]);
  if (other) return invalid(`${other} is not that of the request`);
  if (Status === 'FAILED')
    return Reason ? { status: 'failed', reason: Reason, physicalId } : invalid('it has no Reason');
  if (!physicalId || Buffer.byteLength(physicalId) > maxPhysicalIdBytes) {
    return invalid(`PhysicalResourceId must have 1 to ${maxPhysicalIdBytes} bytes`);
  }
  return { status: 'fulfilled', physicalId, attributes: Data ?? {} };
}
