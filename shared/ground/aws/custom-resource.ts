/**
 * The protocol of custom resources: CloudFormation invokes a function with a request, and waits for the answer at the request's
 * `ResponseURL`. The URL is signed, so whoever has it can answer: neither the URL nor the request is ever logged.
 */
import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';

const requestFields = /* @__PURE__ */ schema(() => ({
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  /** Such as `Custom::HooklatchConnection`. */
  ResourceType: z._default(z.string(), ''),
  ResourceProperties: z.record(z.string(), z.unknown()),
}));

export const resourceRequestSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('RequestType', [
    z.object({ RequestType: z.literal('Create'), ...requestFields }),
    z.object({
      RequestType: z.literal('Update'),
      ...requestFields,
      PhysicalResourceId: z.string(),
      OldResourceProperties: z.record(z.string(), z.unknown()),
    }),
    z.object({ RequestType: z.literal('Delete'), ...requestFields, PhysicalResourceId: z.string() }),
  ]),
);
export type ResourceRequest = z.infer<typeof resourceRequestSchema>;

/**
 * A UUID that is made of the request. The same request has the same one, so a repeated creation finds what it has made. And if a creation
 * fails, CloudFormation deletes what has this id, and nothing else.
 */
export function requestUuid({
  StackId,
  LogicalResourceId,
  RequestId,
}: Pick<ResourceRequest, 'StackId' | 'LogicalResourceId' | 'RequestId'>): string {
  const hex = hash('sha256', JSON.stringify([StackId, LogicalResourceId, RequestId]));
  return hex.replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-8$3-8$4-$5');
}

/** What became of a request. */
export type ResourceResult =
  | { status: 'SUCCESS'; physicalId: string; data: Record<string, string> }
  | { status: 'FAILED'; physicalId: string; reason: string };

/** The longest reason, in characters. CloudFormation takes at most 4,096 bytes for the whole answer. */
const maxReason = 1_000;

/** The body of an answer. */
export function resourceAnswer(
  { StackId, RequestId, LogicalResourceId }: Pick<ResourceRequest, 'StackId' | 'RequestId' | 'LogicalResourceId'>,
  result: ResourceResult,
): Record<string, unknown> {
  const { status, physicalId } = result;
  const rest = status === 'SUCCESS' ? { Data: result.data } : { Reason: result.reason.slice(0, maxReason) };
  return { Status: status, PhysicalResourceId: physicalId, StackId, RequestId, LogicalResourceId, ...rest };
}

/** Milliseconds before each further attempt to send an answer. */
const sendDelaysMs = [500, 1_000, 2_000, 4_000];
const sendTimeoutMs = 10_000;

export interface AnswerDeps {
  fetch: typeof fetch;
  wait(ms: number): Promise<void>;
}

/**
 * Sends an answer, and tries again if that fails.
 * @throws if no attempt succeeded: Lambda then repeats the invocation. The
 * error does not contain the URL
 */
export async function sendAnswer(url: string, answer: Record<string, unknown>, deps: AnswerDeps): Promise<void> {
  for (const delay of [...sendDelaysMs, undefined]) {
    if (await isSent(url, Buffer.from(JSON.stringify(answer)), deps)) return;
    if (delay !== undefined) await deps.wait(delay);
  }
  throw new Error('CloudFormation could not be answered');
}

async function isSent(url: string, body: Buffer<ArrayBuffer>, { fetch }: AnswerDeps): Promise<boolean> {
  try {
    // The signature of the URL covers an empty content type.
    const headers = { 'content-type': '' };
    const signal = AbortSignal.timeout(sendTimeoutMs);
    const { ok } = await fetch(url, { method: 'PUT', headers, body, signal, redirect: 'error' });
    return ok;
  } catch {
    return false;
  }
}
