/** A tool that an agent can call, and what every tool has in common. */
import * as z from 'zod';
import type { ApiClient } from '../../shared/operators/api/api-client.ts';
import type { Fence } from './fence.ts';
import type { ReplayPlans } from './replay-plans.ts';

/** What `--allow-write` can allow: what a tool changes. */
export const writeKinds = ['endpoint', 'replay', 'routes', 'send'] as const;
/** What has to be allowed before a tool is there: `read` is always. */
export const modes = ['read', ...writeKinds, 'hold'] as const;
export type Mode = (typeof modes)[number];

/** What a client is told of a tool. The protocol's defaults would call a tool that says nothing destructive and open. */
export interface Annotations {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  /** Whether it shows what strangers wrote, or lets something reach or come from outside. */
  openWorldHint: boolean;
}

/** A finding about the deployment. */
export interface DeploymentFinding {
  check: string;
  outcome: 'passed' | 'warning' | 'failed' | 'skipped';
  detail: string;
}

/** What the tools need. */
export interface ToolPorts {
  api: ApiClient;
  /** Whether no part of a body is shown, nor what a receiver answered. */
  noBodies: boolean;
  plans: ReplayPlans;
  /** Checks the deployment, and changes nothing. */
  examine: () => AsyncIterable<DeploymentFinding>;
  now: () => Date;
  /** Milliseconds since some fixed moment. */
  uptime: () => number;
  wait: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** One call of a tool. */
export interface ToolCall extends ToolPorts {
  fence: Fence;
  /** Aborts when the client no longer wants the answer. */
  signal: AbortSignal;
}

interface Typed<Input extends z.ZodObject, Output extends z.ZodObject> {
  name: string;
  mode: Mode;
  title: string;
  /** For the model: what the tool does, and when to take it. */
  description: string;
  annotations: Annotations;
  /** There is nothing to show without bodies. */
  isOfBodies?: true;
  input: Input;
  output: Output;
  run(args: z.output<Input>, call: ToolCall): Promise<z.input<Output>>;
}
export type Tool = Typed<z.ZodObject, z.ZodObject>;

/** The tool is not carried out. The message is for the model, and has no secret. */
export class ToolRefusal extends Error {
  override name = 'ToolRefusal';
}

/** Keeps the types of a tool's arguments and answer together. */
export const defineTool = <Input extends z.ZodObject, Output extends z.ZodObject>(tool: Typed<Input, Output>): Tool =>
  tool as unknown as Tool;

/** Reads of our own counts and words. */
export const ownRead: Annotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};
/** Reads that show what strangers wrote. */
export const strangersRead: Annotations = { ...ownRead, openWorldHint: true };

/** The schema of an answer. An answer with text of others says so before it and after it. */
export const toolAnswerSchema = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({
    untrusted: z.optional(z.strictObject({ mark: z.string(), notice: z.string() })),
    ...shape,
    reminder: z.optional(z.string()),
  });

/** The answer as the client gets it. */
export const fencedAnswer = (answer: object, { isUsed, mark, notice, reminder }: Fence): Record<string, unknown> => ({
  ...(isUsed && { untrusted: { mark, notice } }),
  ...answer,
  ...(isUsed && { reminder }),
});
