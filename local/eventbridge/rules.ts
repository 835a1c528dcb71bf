import { cannotRun } from '../cloudformation/cannot-run.ts';
import { accountId, region, type Stack } from '../cloudformation/physical-ids.ts';
import { type DeclaredResource, resourcesOfType } from '../cloudformation/resource-properties.ts';
import { logLine } from '../lambda/lambda-log.ts';
import { scheduledLine } from './event-envelope.ts';
import type { EventBuses } from './eventbridge-service.ts';
import { createRuleTargets } from './find-rule-target.ts';
import { matcherOf } from './pattern-matcher.ts';
import type { RuleTarget, RuleTargetOptions } from './rule-target.ts';
import { parseRate } from './schedule-expression.ts';

export interface RulesOptions extends Omit<RuleTargetOptions, 'signal'> {
  buses: EventBuses;
  /** Whether schedules fire by themselves. */
  schedules: boolean;
}

export interface EventRules {
  /**
   * Fires the schedule of the one rule whose logical id starts with the prefix. Resolves when its targets have
   * answered. Throws an Error that lists the schedules if the prefix fits none of them, or several.
   * @param functionPrefix by default all targets are called, else the functions whose logical id starts with it
   */
  runSchedule(logicalIdPrefix: string, functionPrefix?: string): Promise<void>;
  /** Stops all rules. Waits for running deliveries; deliveries that wait for a retry end. */
  close(): Promise<void>;
}

interface EventRule {
  id: string;
  arn: string;
  bus: string;
  matches: ((event: unknown) => boolean) | undefined;
  /** Milliseconds between two firings of the schedule. */
  period: number | undefined;
  isEnabled: boolean;
  targets: { target: RuleTarget; arn: string; input: string | undefined }[];
}

/** `EventBusName` is the ARN or the name of a bus. This pattern matches the part of an ARN before the name. */
const busPrefix = /^arn:.*:event-bus\//;

/** Creates the stack's event buses. */
export function createBuses(stack: Stack, buses: EventBuses): void {
  for (const { properties } of resourcesOfType(stack, 'AWS::Events::EventBus')) buses.create(properties.Name);
}

/**
 * Starts the stack's rules. Rules with a pattern receive the events of their bus. Rules with a schedule fire one period
 * from now, and then once per period.
 * @throws StartError if a rule's bus, pattern, schedule or target can't work
 */
export function startRules(stack: Stack, options: RulesOptions): EventRules {
  const stop = new AbortController();
  const rules = readRules(stack, { ...options, signal: stop.signal });
  const underWay = new Set<Promise<unknown>>();
  const track = async (work: Promise<unknown>): Promise<void> => {
    underWay.add(work);
    await work.finally(() => underWay.delete(work)).catch((error) => reportFault(options, error));
  };
  /** Sends an event to the targets of a rule. `ended` never rejects: it reports a failure instead. */
  const send = (rule: EventRule, line: string) =>
    rule.targets.map(({ target, input }) => {
      const delivery = target.deliver(input ?? line);
      return { isStored: target.isStored, delivery, ended: track(delivery) };
    });
  const fire = async (rule: EventRule): Promise<void> => {
    const sent = send(rule, scheduledLine({ region, accountId }, rule.arn, options.now()));
    await Promise.all(sent.map(({ ended }) => ended));
  };

  options.buses.subscribe(async ({ bus, line }) => {
    if (stop.signal.aborted) return;
    const sent = matchingRules(rules, bus, line).flatMap((rule) => send(rule, line));
    await Promise.all(sent.filter(({ isStored }) => isStored).map(({ delivery }) => delivery));
  });
  for (const rule of options.schedules ? rules.filter(({ isEnabled }) => isEnabled) : []) {
    // A target that is slow keeps no other one waiting.
    const alone = rule.targets.map((target) => ({ ...rule, targets: [target] }));
    for (const each of alone) if (rule.period) void track(repeat(rule.period, () => fire(each), options, stop.signal));
  }
  return {
    runSchedule: async (prefix, functionPrefix) => {
      const rule = findSchedule(rules, prefix);
      await fire(functionPrefix === undefined ? rule : withTargets(rule, functionArns(stack, functionPrefix)));
    },
    close: async () => {
      stop.abort();
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}

function reportFault({ onLog }: RulesOptions, error: unknown): void {
  onLog('local-bus', logLine('ERROR', undefined, [error], new Date()));
}

function matchingRules(rules: readonly EventRule[], bus: string, line: string): EventRule[] {
  const candidates = rules.filter((rule) => rule.isEnabled && rule.matches && rule.bus === bus);
  if (candidates.length === 0) return [];
  const event: unknown = JSON.parse(line);
  return candidates.filter((rule) => rule.matches?.(event));
}

/**
 * Fires once per period. If a firing takes longer than a period, the firings that are due meanwhile are skipped, so
 * that they don't pile up.
 */
async function repeat(
  period: number,
  fire: () => Promise<unknown>,
  { now, wait }: RulesOptions,
  signal: AbortSignal,
): Promise<void> {
  for (let next = now().getTime() + period; ; ) {
    await wait(next - now().getTime(), signal);
    if (signal.aborted) return;
    await fire();
    do next += period;
    while (next <= now().getTime());
  }
}

/** The ARNs of the functions whose logical ids start with a prefix. */
const functionArns = (stack: Stack, prefix: string): (string | undefined)[] =>
  resourcesOfType(stack, 'AWS::Lambda::Function').flatMap(({ id }) =>
    id.startsWith(prefix) ? stack.attribute(id, 'Arn') : [],
  );

/** A rule with some of its targets, at least one. */
function withTargets(rule: EventRule, arns: readonly (string | undefined)[]): EventRule {
  const targets = rule.targets.filter(({ arn }) => arns.includes(arn));
  if (targets.length > 0) return { ...rule, targets };
  throw new Error(`${rule.id} calls no such function. It calls ${rule.targets.map(({ arn }) => arn).join(', ')}`);
}

function findSchedule(rules: readonly EventRule[], prefix: string): EventRule {
  const scheduled = rules.filter((rule) => rule.period !== undefined);
  const [rule, another] = scheduled.filter(({ id }) => id.startsWith(prefix));
  if (rule && !another) return rule;
  const ids = scheduled.map(({ id }) => id).join(', ') || 'none';
  throw new Error(`${prefix} must be the start of the logical id of exactly one schedule. The schedules are: ${ids}`);
}

function readRules(stack: Stack, options: RuleTargetOptions): EventRule[] {
  const findTarget = createRuleTargets(stack, options);
  const buses = new Set([
    'default',
    ...resourcesOfType(stack, 'AWS::Events::EventBus').map(({ properties }) => properties.Name),
  ]);
  return resourcesOfType(stack, 'AWS::Events::Rule').map((declaration) => {
    const { id, properties } = declaration;
    const bus = properties.EventBusName.replace(busPrefix, '');
    if (!buses.has(bus)) throw cannotRun(id, 'AWS::Events::Rule', `there is no event bus ${bus} in the template`);
    const rule = { id, arn: stack.attribute(id, 'Arn') ?? id };
    return {
      ...rule,
      bus,
      ...parseTrigger(declaration, bus),
      isEnabled: properties.State === 'ENABLED',
      targets: properties.Targets.map((each) => ({ target: findTarget(rule, each), arn: each.Arn, input: each.Input })),
    };
  });
}

/** Parses what makes the rule fire. */
function parseTrigger(
  { id, properties }: DeclaredResource<'AWS::Events::Rule'>,
  bus: string,
): Pick<EventRule, 'matches' | 'period'> {
  const { EventPattern, ScheduleExpression, Targets } = properties;
  try {
    if (EventPattern === undefined && ScheduleExpression === undefined) {
      throw new Error('it needs an EventPattern or a ScheduleExpression');
    }
    if (ScheduleExpression !== undefined && bus !== 'default') {
      throw new Error('a ScheduleExpression works only on the default bus');
    }
    for (const { Input } of Targets) if (Input !== undefined) JSON.parse(Input);
    return {
      matches: EventPattern === undefined ? undefined : matcherOf(EventPattern),
      period: ScheduleExpression === undefined ? undefined : parseRate(ScheduleExpression),
    };
  } catch (error) {
    throw cannotRun(id, 'AWS::Events::Rule', (error as Error).message, error);
  }
}
