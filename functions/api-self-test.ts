/**
 * Wakes up for an operator who tests an endpoint: sends a sample delivery through the public URL, as its sender would, and
 * tells step by step how far it came. No proof and no check is skipped for it.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { applyCommand } from '../shared/api/connection-update.ts';
import { type OperatorAnswer, type OperatorCall, operatorApi, type RouteHandlers } from '../shared/api/operator-api.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
import { log } from '../shared/aws/logger.ts';
import {
  digestReader,
  type SecretStore,
  secretStore,
  secretsManager,
  signingSecretReader,
} from '../shared/credential/secret-store.ts';
import { testHeader, testSeconds } from '../shared/credential/self-test-mark.ts';
import { tokenDigest } from '../shared/credential/token.ts';
import { verifyDelivery } from '../shared/delivery/delivery-verification.ts';
import { authorizeRequest, type RejectionOrChallenge } from '../shared/delivery/request-authorization.ts';
import { type SampleDelivery, sampleDelivery } from '../shared/delivery/sample-delivery.ts';
import { type Connection, urlOf } from '../shared/endpoint/connection.ts';
import { type SelfTest, type TestStep, testSteps } from '../shared/endpoint/self-test-view.ts';
import { schemeOf, settingsOf } from '../shared/endpoint/settings-in-force.ts';
import { type StateTable, stateTable } from '../shared/endpoint/state-table.ts';
import { testEventId } from '../shared/event/event-id.ts';
import { type EventTable, eventTable } from '../shared/event/event-table.ts';
import { explanationFor } from '../shared/journal/rejection-advice.ts';
import { type SelfTestTable, selfTestTable } from '../shared/journal/self-test-table.ts';
import { presetOf } from '../shared/provider/presets.ts';
import { type CertificateReader, certificateReader } from '../shared/signature/certificate-reader.ts';

export interface Deps {
  store: StateTable;
  events: Pick<EventTable, 'read'>;
  tests: Pick<SelfTestTable, 'publishedAt'>;
  vault: Pick<SecretStore, 'read'>;
  readDigest(secret: string, tokenId: string): Promise<Buffer>;
  readSigningSecret(secret: string, versionId: string): Promise<string>;
  certificate: CertificateReader;
  /** The deployment's own: where the sample goes is never said by a request. */
  publicUrl: string;
  fetch: typeof fetch;
  /** Milliseconds from any beginning. */
  clock(): number;
  wait(ms: number): Promise<unknown>;
}

type TestCall = OperatorCall<'POST /v1/connections/{name}/endpoint/test'>;

/** How long the public URL may take, and the bus, in milliseconds. */
const patience = { url: 10_000, bus: 10_000 };

/** One test. `digest` is that of its nonce. */
interface Run {
  call: TestCall;
  connection: Connection;
  nonce: string;
  digest: string;
  eventId: string;
}

/** Marks the record, which an endpoint refuses that is not active: there is no URL to send to. */
async function begin(call: TestCall, { store }: Deps): Promise<Run> {
  const nonce = randomBytes(24).toString('base64url');
  const digest = tokenDigest(nonce).toString('hex');
  const until = new Date(call.now.getTime() + testSeconds * 1000).toISOString();
  const mark = { digest, until, publish: call.body.publish };
  const connection = await applyCommand(call, { verb: 'test', mark }, store);
  return { call, connection, nonce, digest, eventId: testEventId(connection.id, digest) };
}

/** The sample of a connection, with the token and the signature of what is live. */
async function sampleOf({ connection, digest, call }: Run, deps: Deps): Promise<SampleDelivery> {
  const { provider, endpoint } = connection;
  const { auth, dedupe } = settingsOf(connection);
  const [current] = endpoint?.tokens ?? [];
  return sampleDelivery({
    preset: presetOf(provider),
    auth,
    scheme: 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined,
    dedupe,
    url: urlOf(connection, deps.publicUrl) ?? '',
    value: current && (await deps.vault.read(endpoint?.secret ?? '', current.id)),
    id: `test-${digest.slice(0, 16)}`,
    now: call.now,
  });
}

/** Sends a sample; undefined if nothing answers. */
async function send({ request }: SampleDelivery, { nonce }: Run, { fetch }: Deps): Promise<Response | undefined> {
  const { method, url, body } = request;
  const headers = { ...(request.headers as Record<string, string>), [testHeader]: nonce };
  try {
    const signal = AbortSignal.timeout(patience.url);
    return await fetch(url, { method, headers, body: new Uint8Array(body), redirect: 'manual', signal });
  } catch {
    // What it says may quote the URL, which may hold the token.
    return undefined;
  }
}

/** What became of a sample at the public URL. */
function reached(response: Response | undefined, ms: number): TestStep {
  const failed = (detail: string): TestStep => ({ step: 'reached', outcome: 'failed', ms, detail });
  if (response === undefined)
    return failed("Nothing answered: compare the deployment's publicUrl with where its name leads.");
  const { status } = response;
  if (status >= 500) return failed(`The answer was ${status}: a fault of ours, of which the alarms and the logs tell.`);
  if (status >= 300 && status < 400) return failed(`The answer was ${status}: senders do not follow a redirect.`);
  return { step: 'reached', outcome: 'passed', ms };
}

interface Reasoned {
  at: 'authorized' | 'verified';
  reason?: RejectionOrChallenge;
}

/** Why a sample is refused, found by judging it here by the same rules; of the address that it comes from nothing is known. */
async function reasonFor({ connection, call }: Run, { request }: SampleDelivery, deps: Deps): Promise<Reasoned> {
  const { endpoint, name } = connection;
  const { search, pathname } = new URL(request.url);
  const rest = decodeURIComponent(pathname).split(`/${endpoint?.id}/`)[1];
  const delivery = { headers: request.headers, rawQueryString: search.slice(1), rest, method: 'POST', sourceIp: '' };
  const anywhere = endpoint && { ...endpoint, settings: { ...endpoint.settings, allowFrom: null } };
  const readConnection = async () => ({ ...connection, endpoint: anywhere });
  const now = () => call.now;
  const knock = { ...delivery, connection: name, endpointId: endpoint?.id };
  const verdict = await authorizeRequest(knock, { readConnection, readDigest: deps.readDigest, now });
  if (!verdict.admitted) return { at: 'authorized', reason: verdict.reason };
  const arrived = { ...delivery, requestId: '', body: request.body };
  const proof = await verifyDelivery(verdict.handover, settingsOf(connection), arrived, { ...deps, now });
  if ('reason' in proof) return { at: 'verified', reason: proof.reason };
  return endpoint?.settings.allowFrom ? { at: 'authorized', reason: 'address_not_allowed' } : { at: 'verified' };
}

/** What only the answer's status tells. */
const byStatus: Record<number, RejectionOrChallenge> = { 405: 'method_not_allowed', 413: 'body_too_large' };

const unexplained =
  'The same request passes when it is judged here: look at what stands before the API, such as a proxy that changes it.';

function explain({ reason }: Reasoned, status: number, connection: Connection): string {
  const why = byStatus[status] ?? reason;
  return why === undefined || why === 'challenged' ? unexplained : `${why}: ${explanationFor(why, connection)}`;
}

/** What came of a sample that was answered and not taken. */
async function refused(run: Run, sample: SampleDelivery, { status }: Response, deps: Deps): Promise<TestStep[]> {
  const detail = 'Only the sender can sign, with a key of its own: send a test from its settings.';
  if (sample.unsigned && run.connection.endpoint?.tokens.length !== 0)
    return [{ step: 'authorized', outcome: 'skipped', detail }];
  const reason = await reasonFor(run, sample, deps);
  const failed: TestStep = {
    step: reason.at,
    outcome: 'failed',
    detail: `${status}, ${explain(reason, status, run.connection)}`,
  };
  return reason.at === 'verified' ? [{ step: 'authorized', outcome: 'passed' }, failed] : [failed];
}

/** How long the steps took that happened behind the URL; it tells so of tests alone. */
const timesIn = (response: Response): Record<string, number> =>
  Object.fromEntries(
    (response.headers.get('server-timing') ?? '').split(',').map((entry) => {
      const [name = '', duration = ''] = entry.trim().split(';dur=');
      return [name, Number(duration)];
    }),
  );

/** What came of a sample that was taken. */
async function taken(run: Run, response: Response, deps: Deps): Promise<TestStep[]> {
  const times = timesIn(response);
  const passed = (step: 'authorized' | 'verified' | 'stored'): TestStep => ({
    step,
    outcome: 'passed',
    ...(times[step] === undefined ? {} : { ms: times[step] }),
  });
  const proved = [passed('authorized'), passed('verified')];
  if ((await deps.events.read(run.eventId)) === undefined)
    return [...proved, { step: 'stored', outcome: 'failed', detail: 'It was answered as stored, and is not there.' }];
  return [...proved, passed('stored'), await publication(run, deps)];
}

/** Whether the bus has the event, asked until it has or the patience ends. */
async function isPublished({ connection, eventId }: Run, { tests, wait, clock }: Deps): Promise<boolean> {
  for (const began = clock(); clock() - began < patience.bus; await wait(200))
    if ((await tests.publishedAt(connection.id, eventId)) !== undefined) return true;
  return false;
}

async function publication(run: Run, deps: Deps): Promise<TestStep> {
  const step = 'published';
  if (!run.call.body.publish) return { step, outcome: 'skipped', detail: 'Ask for it with publish: true.' };
  if (run.connection.endpoint?.hold)
    return { step, outcome: 'skipped', detail: 'The endpoint is held: its release publishes what was stored.' };
  const began = deps.clock();
  const outcome = (await isPublished(run, deps)) ? 'passed' : 'failed';
  const ms = Math.round(deps.clock() - began);
  const detail = 'The bus has not got it yet. Look at the alarm of the relay, and at its log.';
  return { step, outcome, ms, ...(outcome === 'failed' ? { detail } : {}) };
}

/** All steps, of which those after a failure are skipped. */
const complete = (steps: TestStep[]): TestStep[] => [
  ...steps,
  ...testSteps.slice(steps.length).map((step): TestStep => ({ step, outcome: 'skipped' })),
];

async function stepsOf(run: Run, began: number, deps: Deps): Promise<TestStep[]> {
  const sample = await sampleOf(run, deps);
  const sent = deps.clock();
  const response = await send(sample, run, deps);
  const steps: TestStep[] = [
    { step: 'resolved', outcome: 'passed', ms: Math.round(sent - began) },
    reached(response, Math.round(deps.clock() - sent)),
  ];
  if (response && steps.every(({ outcome }) => outcome === 'passed'))
    steps.push(...(response.ok ? await taken(run, response, deps) : await refused(run, sample, response, deps)));
  return complete(steps);
}

/** What a sample that was made here says nothing about: whether the sender has the same token and secret. */
function noteFor(connection: Connection): string {
  const { kind } = settingsOf(connection).auth;
  const what = { token: 'token', signature: 'secret', both: 'token and the signing secret' }[kind];
  return `The sample was made with the ${what} kept here. Whether the sender has the same shows only with its own first delivery.`;
}

async function test(call: TestCall, deps: Deps): Promise<OperatorAnswer<SelfTest>> {
  const began = deps.clock();
  const run = await begin(call, deps);
  const steps = await stepsOf(run, began, deps);
  const isStored = steps.some(({ step, outcome }) => step === 'stored' && outcome === 'passed');
  const passed = isStored && steps.every(({ outcome }) => outcome !== 'failed');
  const note = passed ? { note: noteFor(run.connection) } : {};
  const body = { eventId: isStored ? run.eventId : null, passed, ...note, steps };
  return { status: 200, body, headers: { etag: `"${run.connection.version}"` } };
}

export const apiSelfTest = (deps: Deps): RouteHandlers<'api-self-test'> => ({
  'POST /v1/connections/{name}/endpoint/test': (call) => test(call, deps),
});

const live = (): Deps => {
  const client = dynamodb();
  const secrets = secretsManager();
  return {
    store: stateTable(client, fromEnvironment('stateTable')),
    events: eventTable(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    tests: selfTestTable(client, fromEnvironment('journalTable')),
    vault: secretStore(secrets),
    readDigest: digestReader(secrets),
    readSigningSecret: signingSecretReader(secrets),
    certificate: certificateReader({ fetch, now: () => new Date(), log }),
    publicUrl: fromEnvironment('publicUrl'),
    fetch,
    clock: () => performance.now(),
    wait,
  };
};

export const handler = operatorApi(apiSelfTest(live()));
