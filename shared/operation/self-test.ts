/** The test of an endpoint: makes a sample delivery, sends it to the public URL and follows it step by step. */
import { randomBytes } from 'node:crypto';
import { said } from '../base/advice.ts';
import type { SecretStore } from '../credential/secret-store.ts';
import { testHeader, testSeconds } from '../credential/self-test-mark.ts';
import { tokenDigest } from '../credential/token.ts';
import { type SampleDelivery, sampleDelivery } from '../delivery/sample-delivery.ts';
import { type Connection, urlOf } from '../endpoint/connection.ts';
import { advised, type SelfTest, type TestStep, testSteps } from '../endpoint/self-test-view.ts';
import { schemeOf, settingsOf } from '../endpoint/settings-in-force.ts';
import { testEventId } from '../event/event-id.ts';
import type { EventTable } from '../event/event-table.ts';
import type { SelfTestTable } from '../journal/self-test-table.ts';
import { presetOf } from '../provider/presets.ts';
import type { Operation, OperationContext } from './operation.ts';
import { rejectedSteps, type SelfTestRejectionPorts, type TestedConnection } from './self-test-rejection.ts';
import { applyCommand, type Named, type RecordPorts } from './update-connection.ts';

export interface SelfTestPorts extends SelfTestRejectionPorts, RecordPorts {
  events: Pick<EventTable, 'read'>;
  tests: Pick<SelfTestTable, 'publishedAt'>;
  secretStore: Pick<SecretStore, 'read'>;
  /** The deployment's own URL. No request can choose where the sample goes. */
  publicUrl: string;
  fetch: typeof fetch;
  /** A clock for durations: milliseconds since some fixed moment. */
  clock(): number;
  wait(ms: number): Promise<unknown>;
}

/** What to test. With `publish`, the event of the test is published too. */
interface TestInput extends Named {
  publish: boolean;
}

/** The time limits for the public URL and for the bus, in milliseconds. */
const timeouts = { url: 10_000, bus: 10_000 };

/** A test that has begun. */
interface BegunTest {
  publish: boolean;
  /** When the test began. */
  at: Date;
  connection: TestedConnection;
  /**
   * The nonce that is sent with the sample. The record has the nonce's digest, so nobody else can mark a request as a
   * test.
   */
  nonce: string;
  digest: string;
  eventId: string;
}

/**
 * Writes the test's mark onto the record.
 * @throws a refusal if the endpoint is not active, because it then has no URL to
 * send to
 */
async function begin({ name, publish }: TestInput, context: OperationContext, ports: RecordPorts): Promise<BegunTest> {
  const nonce = randomBytes(24).toString('base64url');
  const digest = tokenDigest(nonce).toString('hex');
  const until = new Date(context.now.getTime() + testSeconds * 1000).toISOString();
  const command = { verb: 'test', mark: { digest, until, publish } } as const;
  const connection = (await applyCommand(name, command, context, ports)) as TestedConnection;
  return { publish, at: context.now, connection, nonce, digest, eventId: testEventId(connection.id, digest) };
}

/** Makes the connection's sample, with its current token or signature. */
async function makeSample({ connection, digest, at }: BegunTest, ports: SelfTestPorts): Promise<SampleDelivery> {
  const { provider, endpoint } = connection;
  const { auth, dedupe } = settingsOf(connection);
  const [current] = endpoint.tokens;
  return sampleDelivery({
    preset: presetOf(provider),
    auth,
    scheme: 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined,
    dedupe,
    url: urlOf(connection, ports.publicUrl) ?? '',
    value: current && (await ports.secretStore.read(endpoint.secret ?? '', current.id)),
    id: `test-${digest.slice(0, 16)}`,
    now: at,
  });
}

/** Returns undefined if nothing answers. */
function sendSample(
  { request }: SampleDelivery,
  { nonce }: BegunTest,
  { fetch }: SelfTestPorts,
): Promise<Response | undefined> {
  const { method, url, body } = request;
  const headers = { ...(request.headers as Record<string, string>), [testHeader]: nonce };
  const signal = AbortSignal.timeout(timeouts.url);
  const answer = fetch(url, { method, headers, body: new Uint8Array(body), redirect: 'manual', signal });
  // The error is dropped: it may quote the URL, and the URL may contain the token.
  return answer.catch(() => undefined);
}

function reachedStep(response: Response | undefined, ms: number): TestStep {
  const failed = { step: 'reached', outcome: 'failed', ms } as const;
  if (response === undefined) return { ...failed, ...advised({ code: 'no_answer' }) };
  const { status } = response;
  if (status >= 500) return { ...failed, ...advised({ code: 'failed_here', status }) };
  if (status >= 300 && status < 400) return { ...failed, ...advised({ code: 'redirected', status }) };
  return { ...failed, outcome: 'passed' };
}

/** The durations of the steps behind the URL. Only the answer to a test has this header. */
function stepTimes(response: Response): Map<string | undefined, number> {
  const timing = response.headers.get('server-timing') ?? '';
  return new Map([...timing.matchAll(/(\w+);dur=([\d.]+)/g)].map(([, step, ms]) => [step, Number(ms)]));
}

/** The steps of a sample that was accepted. */
async function acceptedSteps(test: BegunTest, response: Response, ports: SelfTestPorts): Promise<TestStep[]> {
  const times = stepTimes(response);
  const passed = (step: 'authorized' | 'verified' | 'stored'): TestStep => ({
    step,
    outcome: 'passed',
    ms: times.get(step),
  });
  const proved = [passed('authorized'), passed('verified')];
  if ((await ports.events.read(test.eventId)) === undefined)
    return [...proved, { step: 'stored', outcome: 'failed', ...advised({ code: 'not_stored' }) }];
  return [...proved, passed('stored'), await publishedStep(test, ports)];
}

/** Polls until the bus has the event, or until the time limit. */
async function isPublished(
  { connection, eventId }: BegunTest,
  { tests, wait, clock }: SelfTestPorts,
): Promise<boolean> {
  for (const began = clock(); clock() - began < timeouts.bus; await wait(200))
    if ((await tests.publishedAt(connection.id, eventId)) !== undefined) return true;
  return false;
}

async function publishedStep(test: BegunTest, ports: SelfTestPorts): Promise<TestStep> {
  const step = 'published';
  if (!test.publish) return { step, outcome: 'skipped', ...advised({ code: 'publish_not_asked' }) };
  if (test.connection.endpoint.hold) return { step, outcome: 'skipped', ...advised({ code: 'held_back' }) };
  const began = ports.clock();
  const isThere = await isPublished(test, ports);
  const ms = Math.round(ports.clock() - began);
  return isThere
    ? { step, outcome: 'passed', ms }
    : { step, outcome: 'failed', ms, ...advised({ code: 'not_on_bus' }) };
}

/** Adds the steps that were not reached, as skipped. */
const withSkipped = (steps: TestStep[]): TestStep[] => [
  ...steps,
  ...testSteps.slice(steps.length).map((step): TestStep => ({ step, outcome: 'skipped' })),
];

async function followSample(test: BegunTest, began: number, ports: SelfTestPorts): Promise<TestStep[]> {
  const sample = await makeSample(test, ports);
  const sent = ports.clock();
  const response = await sendSample(sample, test, ports);
  const steps: TestStep[] = [
    { step: 'resolved', outcome: 'passed', ms: Math.round(sent - began) },
    reachedStep(response, Math.round(ports.clock() - sent)),
  ];
  if (!response || steps.some(({ outcome }) => outcome !== 'passed')) return withSkipped(steps);
  const further = response.ok
    ? await acceptedSteps(test, response, ports)
    : await rejectedSteps(
        test.connection,
        sample,
        { status: response.status, cloudFrontId: response.headers.get('x-amz-cf-id') },
        test.at,
        ports,
      );
  return withSkipped([...steps, ...further]);
}

/**
 * Tests an endpoint.
 * @throws a refusal if the endpoint is not active
 */
export const testEndpoint: Operation<TestInput, SelfTestPorts, { connection: Connection; result: SelfTest }> = async (
  input,
  context,
  ports,
) => {
  const began = ports.clock();
  const test = await begin(input, context, ports);
  const { connection, eventId } = test;
  const steps = await followSample(test, began, ports);
  const isStored = steps.some(({ step, outcome }) => step === 'stored' && outcome === 'passed');
  const passed = isStored && steps.every(({ outcome }) => outcome !== 'failed');
  const code = `made_with_${settingsOf(connection).auth.kind}` as const;
  const note = passed ? { note: said({ code }), facts: [{ code }] } : {};
  return { connection, result: { eventId: isStored ? eventId : null, passed, ...note, steps } };
};
