/**
 * How many of an account's concurrent executions the deliveries of a deployment can hold: as long as receivers hang, or transforms take. All
 * other functions are done in a moment.
 */

import { callsAtOnce } from '../../shared/deliveries/transform/transform-function.ts';
import type { Variable } from '../../shared/ground/aws/environment.ts';
import type { Resources } from './deploy-check/lost-resources.ts';

/** A function that a queue wakes. */
export interface QueueConsumer {
  /** Its file in `functions/`. */
  name: string;
  /** The `MaximumConcurrency` of its queue. */
  most: number;
  /** The names of its environment variables. */
  variables: readonly string[];
}

/** What is left for all that is done in a moment: a webhook that arrives, and the two functions that read the stream of the events. */
const momentaryExecutions = 3;

export interface ExecutionNeed {
  /** By the name of the function. */
  held: Readonly<Record<string, number>>;
  /** All that is held, and what must be left. */
  needed: number;
}

/** The evaluations that callers have under way: each instance some, or all together one. */
function transformsOf(consumers: readonly QueueConsumer[]): number {
  const callers = consumers.filter(({ variables }) => variables.includes('TRANSFORM_FUNCTION' satisfies Variable));
  if (callers.some(({ variables }) => variables.includes('ONE_TRANSFORM' satisfies Variable))) return 1;
  return callers.reduce((sum, { most }) => sum + most * callsAtOnce, 0);
}

export function executionNeedOf(consumers: readonly QueueConsumer[]): ExecutionNeed {
  const held = {
    ...Object.fromEntries(consumers.map(({ name, most }) => [name, most])),
    transform: transformsOf(consumers),
  };
  const sum = Object.values(held).reduce((before, each) => before + each, 0);
  return { held, needed: sum + momentaryExecutions };
}

/** The name of a function, from the description that its construct gives it. Undefined for a function of somebody else. */
export const functionNameIn = (description: unknown): string | undefined =>
  /^Hooklatch functions\/([\w-]+)\.ts$/.exec(String(description))?.[1];

interface FunctionProperties {
  Description?: unknown;
  Environment?: { Variables?: object };
}
interface MappingProperties {
  FunctionName?: { Ref?: string };
  ScalingConfig?: { MaximumConcurrency?: number };
}

/** The consumers in a template. */
export function consumersIn(resources: Resources): QueueConsumer[] {
  return Object.values(resources).flatMap(({ Type, Properties = {} }) => {
    if (Type !== 'AWS::Lambda::EventSourceMapping') return [];
    const { FunctionName, ScalingConfig }: MappingProperties = Properties;
    const { Description, Environment }: FunctionProperties = resources[FunctionName?.Ref ?? '']?.Properties ?? {};
    const name = functionNameIn(Description);
    const most = ScalingConfig?.MaximumConcurrency;
    return name && most ? [{ name, most, variables: Object.keys(Environment?.Variables ?? {}) }] : [];
  });
}

/** What Lambda allows the functions of an account and region. */
export interface ExecutionQuota {
  ConcurrentExecutions?: number | undefined;
  UnreservedConcurrentExecutions?: number | undefined;
}

/** What is wrong with the quota of an account, with the numbers. Undefined if it is enough. */
export function quotaFault({ held, needed }: ExecutionNeed, quota: ExecutionQuota): string | undefined {
  const { ConcurrentExecutions: all, UnreservedConcurrentExecutions: left = all } = quota;
  if (left === undefined || left >= needed) return undefined;
  const each = Object.entries(held).map(([name, most]) => `${name} ${most}`);
  return (
    `Lambda runs at most ${all} executions at once in this account and region, ${left} of them unreserved. Deliveries can hold ` +
    `${needed - momentaryExecutions} (${each.join(', ')}), and ${momentaryExecutions} more are for webhooks as they arrive. ` +
    'So webhooks can be refused while receivers hang. Ask for a higher quota, or set dispatchConcurrency to 2: see docs/limits.md.'
  );
}
