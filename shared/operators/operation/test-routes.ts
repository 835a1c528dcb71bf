/**
 * Tests routes on an event: which rules match, why the others do not, and what would be sent. Nothing is sent: it signs nothing, asks
 * for no token, and shows no proof. It reads no value of a destination, so its answer can't depend on one: the caller chooses the texts in
 * it, and would find a secret by what is struck out of them.
 */

import type { Destination } from '../../deliveries/destination/destination.ts';
import { destinationOfDelivery } from '../../deliveries/destination/destination-table.ts';
import { sentMessage } from '../../deliveries/dispatch/sent-message.ts';
import { type RuleVerdict, ruleVerdictsOf } from '../../deliveries/route/match-rules.ts';
import type { Routes, Rule } from '../../deliveries/route/routes.ts';
import type {
  GivenEvent,
  RoutesTest,
  RoutesTestRequest,
  RuleFinding,
  ShownMessage,
} from '../../deliveries/route/routes-test.ts';
import type { Transform, TransformOutcome } from '../../deliveries/transform/transform.ts';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { type RoutableEvent, type RoutedEvent, routedBodyOf, routedEventOf } from '../../events/bus/routed-event.ts';
import type { StoredEvent } from '../../events/event/event.ts';
import { firstMismatch } from '../../ground/pattern/first-mismatch.ts';
import { stepBudget } from '../../ground/pattern/step-budget.ts';
import type { Operation, OperationContext } from './operation.ts';
import { type ReadRoutesPorts, routesNamedBy } from './read-routes.ts';
import { checkTransforms, type ResolvePorts, resolvedRoutes } from './set-routes.ts';
import { shownBody } from './shown-body.ts';
import { readStoredEvent, type StoredEventPorts } from './stored-event.ts';
import { type Named, requireConnection } from './update-connection.ts';

export interface TestRoutesPorts extends ReadRoutesPorts, ResolvePorts, StoredEventPorts {
  transform: Transform;
  /** A clock for durations: milliseconds since some fixed moment. */
  clock(): number;
}

interface RoutesTestInput extends Named, RoutesTestRequest {
  /** Whether the operator may not see a body that holds a token. */
  withholdsTokens: boolean;
}

/** An event to test with. */
interface Sample {
  event: RoutableEvent &
    Pick<StoredEvent, 'id' | 'connection' | 'receivedAt' | 'test' | 'split'> &
    Partial<Pick<StoredEvent, 'verifiedBy' | 'signedIn'>>;
  /** As it may leave: with a token in it masked. */
  body: Buffer;
  routed: RoutedEvent;
}

/** The longest test, in milliseconds. API Gateway waits 30 seconds, and an expression takes three. */
const longestTestMs = 20_000;

/** An event that nobody sent, as if it were stored. */
function storedAs({ data, headers, ...given }: GivenEvent, { name, provider }: Connection, now: Date) {
  const lower = Object.fromEntries(Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value]));
  const all = data === undefined ? lower : { 'content-type': 'application/json', ...lower };
  const event = {
    ...given,
    ...{ id: `evt_${'0'.repeat(26)}`, connection: name, provider, receivedAt: now.toISOString(), tokenIn: [] },
    headers: all,
    contentType: all['content-type'],
  };
  return { event, body: Buffer.from(data === undefined ? '' : JSON.stringify(data)) };
}

async function sampleOf(
  { event: given, eventId = '' }: RoutesTestInput,
  connection: Connection,
  now: Date,
  ports: StoredEventPorts,
): Promise<Sample> {
  const { event, body } = given
    ? storedAs(given, connection, now)
    : await readStoredEvent(connection, eventId, now, ports);
  return { event, body: routedBodyOf(event, body), routed: routedEventOf(event, body) };
}

async function testedRoutes(
  { routes }: RoutesTestInput,
  connection: Connection,
  now: Date,
  ports: TestRoutesPorts,
): Promise<Routes> {
  if (!routes) return routesNamedBy(connection, ports.readRoutes);
  const resolved = await resolvedRoutes(routes, now, ports, ['routes']);
  await checkTransforms(routes.rules, undefined, ports, ['routes']);
  return resolved;
}

/** The destinations of rules by their ids, without those that are gone. */
async function destinationsOf(rules: readonly Rule[], ports: TestRoutesPorts) {
  const named = [...new Map(rules.map(({ to }) => [to.id, to])).values()];
  const read = await Promise.all(named.map((to) => destinationOfDelivery(to, ports.destinations)));
  return new Map(read.flatMap((each) => (each ? [[each.id, each]] : [])));
}

/** What a destination would get. @param json what a transform made of the event */
function shownMessage(
  { event, body }: Sample,
  json: string | undefined,
  { method, forwardHeaders }: Destination,
  withheld: boolean,
): ShownMessage {
  const message = sentMessage(event, body, json, { id: 'dlv_test', attempt: 1, forwardHeaders });
  return {
    method,
    headers: message.headers,
    bytes: message.body.length,
    ...(withheld ? {} : shownBody(message.body)),
  };
}

/** Why nothing would be sent, by what came of the transform. */
function unsentBecause(outcome: Exclude<TransformOutcome, { kind: 'json' }>) {
  if (outcome.kind !== 'error') return { reason: outcome.kind };
  const { message, position } = outcome;
  return { reason: outcome.kind, message, ...(position !== undefined && { position }) };
}

const verdicts = {
  match: 'match',
  'no match': 'no_match',
  'over budget': 'over_budget',
  'not reached': 'not_reached',
} as const satisfies Record<RuleVerdict['verdict'], RuleFinding['verdict']>;

export const testConnectionRoutes: Operation<RoutesTestInput, TestRoutesPorts, RoutesTest> = async (
  input,
  context: OperationContext,
  ports,
) => {
  const ends = ports.clock() + longestTestMs;
  const connection = await requireConnection(input.name, ports);
  const routes = await testedRoutes(input, connection, context.now, ports);
  const sample = await sampleOf(input, connection, context.now, ports);
  const found = ruleVerdictsOf(routes, sample.routed);
  const matching = found.flatMap(({ rule, verdict }) => (verdict === 'match' ? [rule] : []));
  const byId = await destinationsOf(matching, ports);
  const isMasked = sample.event.tokenIn.length > 0;
  const withheld = isMasked && input.withholdsTokens;
  const explaining = stepBudget();

  async function messageOf({ transform, to }: Rule): Promise<Pick<RuleFinding, 'emptyPaths' | 'sent' | 'unsent'>> {
    const destination = byId.get(to.id);
    if (!destination) return { unsent: { reason: 'destination_gone' } };
    if (transform === undefined) return { sent: shownMessage(sample, undefined, destination, withheld) };
    if (ports.clock() >= ends) return { unsent: { reason: 'no_time' } };
    const outcome = await ports.transform(transform, sample.routed, sample.event.receivedAt);
    const emptyPaths = 'emptyPaths' in outcome ? outcome.emptyPaths : undefined;
    return {
      ...(emptyPaths && { emptyPaths }),
      ...(outcome.kind === 'json'
        ? { sent: shownMessage(sample, outcome.text, destination, withheld) }
        : { unsent: unsentBecause(outcome) }),
    };
  }

  const rules: RuleFinding[] = [];
  // One expression after another: a test leaves concurrency to deliveries.
  for (const { rule, verdict } of found) {
    const mismatch =
      verdict === 'no match' && rule.when ? firstMismatch(rule.when, sample.routed, explaining)?.at : undefined;
    rules.push({
      ...{ id: rule.id, to: rule.to.name, verdict: verdicts[verdict] },
      ...(mismatch !== undefined && { mismatch }),
      ...(verdict === 'match' && (await messageOf(rule))),
    });
  }
  return {
    mode: routes.mode,
    rules,
    ...(isMasked && { masked: true }),
    ...(sample.event.split !== undefined && { split: true }),
  };
};
