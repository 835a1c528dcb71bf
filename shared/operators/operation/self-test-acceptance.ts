/** Follows a delivery that the public URL accepted: one of a test to the bus, a real one to its event. */
import * as z from 'zod/mini';
import { advised, type TestStep } from '../../endpoints/endpoint/self-test-view.ts';
import { settingsOf } from '../../endpoints/endpoint/settings-in-force.ts';
import { deliveryMetadataOf } from '../../endpoints/settings/delivery-metadata.ts';
import type { ProvenArrival } from '../../events/arrival/proven-arrival.ts';
import { eventIdFor } from '../../events/event/event-id.ts';
import type { EventTable } from '../../events/event/event-table.ts';
import { parseJson } from '../../ground/base/parse-json.ts';
import type { SelfTestTable } from '../journal/self-test-table.ts';
import type { TestedConnection } from './self-test-rejection.ts';

export interface SelfTestAcceptancePorts {
  events: Pick<EventTable, 'read'>;
  tests: Pick<SelfTestTable, 'publishedAt'>;
  /** A clock for durations: milliseconds since some fixed moment. */
  clock(): number;
  wait(ms: number): Promise<unknown>;
}

/** The time limit for the bus, in milliseconds. */
const busTimeout = 10_000;

/** The mark that makes a delivery a test. */
export interface SentMark {
  publish: boolean;
  /**
   * The nonce that is sent with the delivery. The record has the nonce's digest, so nobody else can mark a request as a
   * test.
   */
  nonce: string;
  eventId: string;
}

/** The durations of the steps behind the URL. Only the answer to a test has this header. */
function stepTimes(response: Response): Map<string | undefined, number> {
  const timing = response.headers.get('server-timing') ?? '';
  return new Map([...timing.matchAll(/(\w+);dur=([\d.]+)/g)].map(([, step, ms]) => [step, Number(ms)]));
}

const proved = (times: Map<string | undefined, number> = new Map()): TestStep[] =>
  (['authorized', 'verified'] as const).map((step) => ({ step, outcome: 'passed', ms: times.get(step) }));

/** How far a delivery came. */
export interface Followed {
  steps: TestStep[];
  /** Whether the endpoint took it. */
  taken: boolean;
  eventId: string | null;
}

/** The steps of a test that was accepted. */
export async function acceptedTest(
  connection: TestedConnection,
  mark: SentMark,
  response: Response,
  ports: SelfTestAcceptancePorts,
): Promise<Followed> {
  const times = stepTimes(response);
  const steps = proved(times);
  const { eventId } = mark;
  if ((await ports.events.read(eventId)) === undefined) {
    const notStored: TestStep = { step: 'stored', outcome: 'failed', ...advised({ code: 'not_stored' }) };
    return { steps: [...steps, notStored], taken: false, eventId: null };
  }
  const stored: TestStep = { step: 'stored', outcome: 'passed', ms: times.get('stored') };
  return { steps: [...steps, stored, await publishedStep(connection, mark, ports)], taken: true, eventId };
}

/** Polls until the bus has the event, or until the time limit. */
async function isPublished(
  connectionId: string,
  eventId: string,
  { tests, wait, clock }: SelfTestAcceptancePorts,
): Promise<boolean> {
  for (const began = clock(); clock() - began < busTimeout; await wait(200))
    if ((await tests.publishedAt(connectionId, eventId)) !== undefined) return true;
  return false;
}

async function publishedStep(
  connection: TestedConnection,
  { publish, eventId }: SentMark,
  ports: SelfTestAcceptancePorts,
): Promise<TestStep> {
  const step = 'published';
  if (!publish) return { step, outcome: 'skipped', ...advised({ code: 'publish_not_asked' }) };
  if (connection.endpoint.hold) return { step, outcome: 'skipped', ...advised({ code: 'held_back' }) };
  const began = ports.clock();
  const isThere = await isPublished(connection.id, eventId, ports);
  const ms = Math.round(ports.clock() - began);
  return isThere
    ? { step, outcome: 'passed', ms }
    : { step, outcome: 'failed', ms, ...advised({ code: 'not_on_bus' }) };
}

/** The answer that names the event. */
const answerSchema = z.catch(z.object({ id: z.optional(z.string()), duplicate: z.optional(z.boolean()) }), {});

/** The event of a real delivery, as far as its answer or its delivery id tells. */
async function realEventOf(
  connection: TestedConnection,
  { request }: ProvenArrival,
  response: Response,
  { events }: SelfTestAcceptancePorts,
): Promise<{ eventId: string | null; isDuplicate: boolean }> {
  const { answer, auth, dedupe } = settingsOf(connection);
  if (answer === null) {
    const { id = null, duplicate = false } = answerSchema.parse(parseJson(await response.text()) ?? {});
    return { eventId: id, isDuplicate: duplicate };
  }
  // The sender's own kind of answer names no event.
  const { deliveryId } = deliveryMetadataOf(
    {
      headers: request.headers as Record<string, string>,
      body: request.body,
      accept: 'accept' in auth ? auth.accept : [],
    },
    { dedupe, types: [] },
  );
  const event = deliveryId === undefined ? undefined : await events.read(eventIdFor(connection.id, deliveryId));
  if (!event) return { eventId: null, isDuplicate: false };
  // A proxy in front of the API may remove the header.
  const requestId = response.headers.get('apigw-requestid') ?? event.requestId;
  return { eventId: event.id, isDuplicate: event.requestId !== requestId };
}

/** The steps of a real delivery that was accepted. From here on it goes the way of all webhooks. */
export async function acceptedReal(
  connection: TestedConnection,
  delivery: ProvenArrival,
  response: Response,
  ports: SelfTestAcceptancePorts,
): Promise<Followed> {
  const { eventId, isDuplicate } = await realEventOf(connection, delivery, response, ports);
  if (isDuplicate) {
    const known: TestStep = { step: 'stored', outcome: 'failed', ...advised({ code: 'delivery_known' }) };
    return { steps: [...proved(), known], taken: false, eventId };
  }
  const stored: TestStep =
    eventId === null
      ? { step: 'stored', outcome: 'skipped', ...advised({ code: 'event_not_named' }) }
      : { step: 'stored', outcome: 'passed' };
  const goesOn: TestStep = { step: 'published', outcome: 'skipped', ...advised({ code: 'published_as_usual' }) };
  return { steps: [...proved(), stored, goesOn], taken: true, eventId };
}
