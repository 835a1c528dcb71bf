/**
 * From an event to the messages that send it to its destinations. The relay does this for events whose bodies it has; for a large body, or one
 * that takes too long to match, it sends one message for the whole event, and who gets that matches it: no body can stop the stream.
 */

import { routedEventOf } from '../../events/bus/routed-event.ts';
import type { StoredEvent } from '../../events/event/event.ts';
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import { inParallel } from '../../ground/base/parallel.ts';
import { matchingRules, type RuleVerdict, ruleVerdictsOf } from '../route/match-rules.ts';
import type { ReadRoutes } from '../route/route-table.ts';
import type { Routes, Rule } from '../route/routes.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { newRow } from './delivery-row.ts';
import type { DispatchPorts } from './ports.ts';
import { finish } from './record-result.ts';

/** A published event, and how often it was replayed before. */
export interface RoutedPublication {
  event: StoredEvent;
  replay?: number | undefined;
}

/** Stands for all rules: whoever gets the message matches the event. No rule can have this id. */
export const anyRule = '*';

/** The most writes at a time. */
const atOnce = 16;

export interface RoutePorts extends Pick<DispatchPorts, 'deliveries' | 'queues' | 'readDestination' | 'clock' | 'log'> {
  readRoutes: ReadRoutes;
}

/** The first message of a delivery. */
const firstJob = (
  { event, replay = 0 }: RoutedPublication,
  routes: string,
  { id, to }: Pick<Rule, 'id' | 'to'>,
): DeliveryJob => ({
  event: event.id,
  receivedAt: event.receivedAt,
  rule: id,
  replay,
  connectionId: event.connectionId,
  connection: event.connection,
  routes,
  to,
  expiresAt: event.expiresAt,
  ...(event.test && { test: true }),
  attempt: 1,
});

const jobForAll = (publication: RoutedPublication, routes: string): DeliveryJob =>
  firstJob(publication, routes, { id: anyRule, to: { id: anyRule, name: anyRule } });

/** The messages of one event. Only a list that can't be read now, or a match that takes too long, is left to others. */
async function jobsOf(publication: RoutedPublication, { readRoutes }: RoutePorts): Promise<DeliveryJob[]> {
  const { event } = publication;
  if (event.routes === undefined) return [];
  const all = [jobForAll(publication, event.routes)];
  if (event.bodyKey !== undefined) return all;
  const routes = await readRoutes(event.routes).catch(() => undefined);
  const rules = routes ? matchingRules(routes, routedEventOf(event, event.body)) : 'over_budget';
  return rules === 'over_budget' ? all : rules.map((rule) => firstJob(publication, event.routes ?? '', rule));
}

/**
 * Sends messages. What the queue does not take becomes a row that is due now. A message that comes again finds its row, so a repeat does
 * no harm.
 * @returns those that are nowhere
 */
async function sendJobs(jobs: readonly DeliveryJob[], ports: RoutePorts): Promise<DeliveryJob[]> {
  if (jobs.length === 0) return [];
  const { deliveries, queues, readDestination, clock, log } = ports;
  const refused = await queues.dispatch(jobs.map((body) => ({ body })));
  const lost = await inParallel(refused, atOnce, async ({ body: job }) => {
    try {
      const destination = job.rule === anyRule ? undefined : await readDestination(job.to);
      const now = clock.now();
      await revise(deliveries.rows, job, (row) => (row ? unchanged : { ...newRow(job, destination, now), due: now }));
      return [];
    } catch (error) {
      log({ warning: 'delivery_not_queued', fault: (error as Error).name, event: job.event }, 'warn');
      return [job];
    }
  });
  return lost.flat();
}

/**
 * Sends published events on their ways. An event without routes costs nothing.
 * @returns those that have to be routed again
 */
async function routeEvents<T extends RoutedPublication>(publications: readonly T[], ports: RoutePorts): Promise<T[]> {
  const routed = publications.filter(({ event }) => event.routes !== undefined);
  const jobs = new Map<DeliveryJob, T>();
  for (const publication of routed) for (const job of await jobsOf(publication, ports)) jobs.set(job, publication);
  const lost = await sendJobs([...jobs.keys()], ports);
  const again = new Set(lost.map((job) => jobs.get(job)));
  return routed.filter((publication) => again.has(publication));
}

/** Creates what sends published events on their ways. It returns the events that have to be sent again. */
export const eventRouter =
  (ports: RoutePorts) =>
  <T extends RoutedPublication>(publications: readonly T[]): Promise<T[]> =>
    routeEvents(publications, ports);

/** The first message of a rule, for an event whose message stood for all rules. */
const jobOfRule = ({ alone: _, ...job }: DeliveryJob, { id, to }: Rule): DeliveryJob => ({ ...job, rule: id, to });

/** Ends the deliveries of rules of which nobody knows whether they match. */
const failUndecided = (job: DeliveryJob, rules: readonly Rule[], ports: RoutePorts) =>
  inParallel(rules, atOnce, (rule) =>
    finish(jobOfRule(job, rule), { status: 'failed', reason: 'match_too_costly' }, undefined, ports),
  );

/** @throws if the list is not there: the message comes again */
async function routesOf({ routes: version }: DeliveryJob, { readRoutes }: RoutePorts): Promise<Routes> {
  const routes = await readRoutes(version);
  if (!routes) throw new Error('the list of routes is not there');
  return routes;
}

/** Removes the row that stood for all rules. */
export const forgetMatch = (job: DeliveryJob, { deliveries }: Pick<RoutePorts, 'deliveries'>): Promise<unknown> =>
  revise(deliveries.rows, job, (row) => (row ? undefined : unchanged));

/**
 * Matches an event whose message stands for all rules, and sends the messages of those that match.
 * @param body the exact body
 * @throws if the list can't be read, or a message is neither in the queue nor in a row: the message comes again
 */
export async function routeAll(job: DeliveryJob, event: StoredEvent, body: Buffer, ports: RoutePorts): Promise<void> {
  const verdicts = ruleVerdictsOf(await routesOf(job, ports), routedEventOf(event, body));
  const rulesWith = (wanted: RuleVerdict['verdict']) =>
    verdicts.flatMap(({ rule, verdict }) => (verdict === wanted ? [rule] : []));
  await failUndecided(job, rulesWith('over budget'), ports);
  const matched = rulesWith('match').map((rule) => jobOfRule(job, rule));
  const lost = await sendJobs(matched, ports);
  if (lost.length > 0) throw new Error('messages are neither in the queue nor in the table');
  await forgetMatch(job, ports);
}

/**
 * Gives up the match of an event: the delivery of each rule has failed, so that somebody sees it.
 * @throws if the list can't be read: the message comes again
 */
export async function failAll(job: DeliveryJob, ports: RoutePorts): Promise<void> {
  await failUndecided(job, (await routesOf(job, ports)).rules, ports);
  await forgetMatch(job, ports);
}
