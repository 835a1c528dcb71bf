/**
 * The test of an endpoint: makes a delivery, sends it to the public URL and follows it step by step. A real delivery goes
 * the same way, only without the mark of a test.
 */
import { randomBytes } from 'node:crypto';
import type { SecretStore } from '../../endpoints/credential/secret-store.ts';
import { testHeader, testSeconds } from '../../endpoints/credential/self-test-mark.ts';
import { tokenDigest } from '../../endpoints/credential/token.ts';
import { type Connection, urlOf } from '../../endpoints/endpoint/connection.ts';
import type { SelfTestRequest } from '../../endpoints/endpoint/self-test-request.ts';
import { advised, type SelfTest, type TestStep, testSteps } from '../../endpoints/endpoint/self-test-view.ts';
import { schemeOf, settingsOf } from '../../endpoints/endpoint/settings-in-force.ts';
import { presetOf } from '../../endpoints/provider/presets.ts';
import { type ProvenArrival, provenArrival } from '../../events/arrival/proven-arrival.ts';
import type { SampleContent } from '../../events/arrival/sample-content.ts';
import { testEventId } from '../../events/event/event-id.ts';
import { said } from '../../ground/base/advice.ts';
import type { Operation, OperationContext } from './operation.ts';
import {
  acceptedReal,
  acceptedTest,
  type Followed,
  type SelfTestAcceptancePorts,
  type SentMark,
} from './self-test-acceptance.ts';
import { checkCarriesProof, testContentOf } from './self-test-content.ts';
import { rejectedSteps, type SelfTestRejectionPorts, type TestedConnection } from './self-test-rejection.ts';
import type { StoredEventPorts } from './stored-event.ts';
import { applyCommand, type ConnectionRecordPorts, type Named } from './update-connection.ts';

export interface SelfTestPorts
  extends ConnectionRecordPorts,
    StoredEventPorts,
    Pick<SelfTestAcceptancePorts, 'tests' | 'clock' | 'wait'>,
    SelfTestRejectionPorts {
  secretStore: Pick<SecretStore, 'read'>;
  /** The deployment's own URL. No request can choose where the sample goes. */
  publicUrl: string;
  fetch: typeof fetch;
}

/** What to test. */
interface TestInput extends Named, SelfTestRequest {}

/** The time limit for the public URL, in milliseconds. */
const urlTimeout = 10_000;

/** A test that has begun. */
interface BegunTest {
  /** When the test began. */
  at: Date;
  connection: TestedConnection;
  /** A delivery id that nobody used before. */
  id: string;
  /** Absent if the delivery is real. */
  mark?: SentMark;
}

/**
 * Writes the test's mark onto the record. Of a real delivery, only the history tells.
 * @throws a refusal if the endpoint is not active, because it then has no URL to
 * send to
 */
async function begin(
  { name, publish, real }: TestInput,
  context: OperationContext,
  ports: ConnectionRecordPorts,
): Promise<BegunTest> {
  const nonce = randomBytes(24).toString('base64url');
  const digest = tokenDigest(nonce).toString('hex');
  const until = new Date(context.now.getTime() + testSeconds * 1000).toISOString();
  const command = real
    ? ({ verb: 'test', real } as const)
    : ({ verb: 'test', mark: { digest, until, publish } } as const);
  const connection = (await applyCommand(name, command, context, ports)) as TestedConnection;
  const id = `${real ? 'sent' : 'test'}-${digest.slice(0, 16)}`;
  const mark = { publish, nonce, eventId: testEventId(connection.id, digest) };
  return { at: context.now, connection, id, ...(!real && { mark }) };
}

/** Makes the delivery, with the connection's current token or signature. */
async function makeDelivery(
  content: SampleContent,
  { connection, id, at }: BegunTest,
  ports: SelfTestPorts,
): Promise<ProvenArrival> {
  const { provider, endpoint } = connection;
  const { auth, dedupe, type } = settingsOf(connection);
  const scheme = 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
  const url = urlOf(connection, ports.publicUrl) ?? '';
  const [current] = endpoint.tokens;
  const value = current && (await ports.secretStore.read(endpoint.secret ?? '', current.id));
  const request = content({ preset: presetOf(provider), scheme, dedupe, type, url, id, now: at });
  const delivery = provenArrival(request, { auth, scheme, value });
  checkCarriesProof(request, delivery.request);
  return delivery;
}

/** Returns undefined if nothing answers. */
function send(
  { request }: ProvenArrival,
  { mark }: BegunTest,
  { fetch }: SelfTestPorts,
): Promise<Response | undefined> {
  const { method, url, body } = request;
  const headers = { ...(request.headers as Record<string, string>), ...(mark && { [testHeader]: mark.nonce }) };
  const signal = AbortSignal.timeout(urlTimeout);
  // A request by GET or HEAD can't have a body, so a recorded one had none.
  const content = /^(?:GET|HEAD)$/.test(method) ? {} : { body: new Uint8Array(body) };
  const answer = fetch(url, { method, headers, ...content, redirect: 'manual', signal });
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

/** Adds the steps that were not reached, as skipped. */
const withSkipped = (steps: TestStep[]): TestStep[] => [
  ...steps,
  ...testSteps.slice(steps.length).map((step): TestStep => ({ step, outcome: 'skipped' })),
];

/** What is known of a delivery that is not sent, because its endpoint would refuse it and count that. */
const notSent = (resolved: TestStep): Followed => ({
  steps: [
    resolved,
    { step: 'reached', outcome: 'skipped' },
    { step: 'authorized', outcome: 'skipped', ...advised({ code: 'only_sender_signs' }) },
  ],
  taken: false,
  eventId: null,
});

async function follow(content: SampleContent, test: BegunTest, began: number, ports: SelfTestPorts): Promise<Followed> {
  const delivery = await makeDelivery(content, test, ports);
  const sent = ports.clock();
  const resolved: TestStep = { step: 'resolved', outcome: 'passed', ms: Math.round(sent - began) };
  if (!test.mark && delivery.unsigned) return notSent(resolved);
  const response = await send(delivery, test, ports);
  const reached = reachedStep(response, Math.round(ports.clock() - sent));
  const before = [resolved, reached];
  if (!response || reached.outcome !== 'passed') return { steps: before, taken: false, eventId: null };
  if (!response.ok) {
    const answer = { status: response.status, cloudFrontId: response.headers.get('x-amz-cf-id') };
    const rejected = await rejectedSteps(test.connection, delivery, answer, test.at, ports);
    return { steps: [...before, ...rejected], taken: false, eventId: null };
  }
  const accepted = test.mark
    ? await acceptedTest(test.connection, test.mark, response, ports)
    : await acceptedReal(test.connection, delivery, response, ports);
  return { ...accepted, steps: [...before, ...accepted.steps] };
}

/**
 * Tests an endpoint, or sends it a real delivery.
 * @throws a refusal if the endpoint is not active, or if what to send does not exist
 */
export const testEndpoint: Operation<TestInput, SelfTestPorts, { connection: Connection; result: SelfTest }> = async (
  input,
  context,
  ports,
) => {
  const began = ports.clock();
  const content = await testContentOf(input, context.now, ports);
  const test = await begin(input, context, ports);
  const { connection } = test;
  const { steps, taken, eventId } = await follow(content, test, began, ports);
  const passed = taken && steps.every(({ outcome }) => outcome !== 'failed');
  const code = `made_with_${settingsOf(connection).auth.kind}` as const;
  const note = passed && test.mark ? { note: said({ code }), facts: [{ code }] } : {};
  return { connection, result: { eventId, passed, ...note, steps: withSkipped(steps) } };
};
