/** The test of an endpoint: makes a sample delivery, sends it to the public URL and follows it step by step. */
import { randomBytes } from 'node:crypto';
import type { SecretStore } from '../credential/secret-store.ts';
import { testHeader, testSeconds } from '../credential/self-test-mark.ts';
import { tokenDigest } from '../credential/token.ts';
import { type SampleDelivery, sampleDelivery } from '../delivery/sample-delivery.ts';
import { type Connection, urlOf } from '../endpoint/connection.ts';
import { type SelfTest, type TestStep, testSteps } from '../endpoint/self-test-view.ts';
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
  const failed = (detail: string): TestStep => ({ step: 'reached', outcome: 'failed', ms, detail });
  if (response === undefined)
    return failed("Nothing answered: check that the name in the deployment's publicUrl leads to this API.");
  const { status } = response;
  if (status >= 500) return failed(`The answer was ${status}. Hooklatch failed: look at the alarms and the logs.`);
  if (status >= 300 && status < 400) return failed(`The answer was ${status}: senders do not follow a redirect.`);
  return { step: 'reached', outcome: 'passed', ms };
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
    return [
      ...proved,
      { step: 'stored', outcome: 'failed', detail: 'The answer says that the event is stored, but it is not there.' },
    ];
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
  if (!test.publish) return { step, outcome: 'skipped', detail: 'To test this step too, send publish: true.' };
  if (test.connection.endpoint.hold)
    return { step, outcome: 'skipped', detail: 'The endpoint is held: its release publishes the event.' };
  const began = ports.clock();
  const outcome = (await isPublished(test, ports)) ? 'passed' : 'failed';
  const ms = Math.round(ports.clock() - began);
  const detail = 'The bus does not have the event yet. Look at the alarm and the log of the relay.';
  return { step, outcome, ms, ...(outcome === 'failed' ? { detail } : {}) };
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

/** Says what a test can't verify: whether the sender has the same token and secret. */
function noteFor(connection: Connection): string {
  const { kind } = settingsOf(connection).auth;
  const what = { token: 'token', signature: 'secret', both: 'token and the signing secret' }[kind];
  return `The sample was made with the ${what} stored in Hooklatch. Only the first delivery shows whether the sender has the same.`;
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
  const note = passed ? { note: noteFor(connection) } : {};
  return { connection, result: { eventId: isStored ? eventId : null, passed, ...note, steps } };
};
