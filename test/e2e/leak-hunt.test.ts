/**
 * No token, in whole or in part, is written anywhere except Secrets Manager and the answers that show it. The test runs
 * a procedure with every placement in a separate process. Then it searches everything that the process wrote, answered
 * and stored.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PermittedCall } from '../../local/aws/injected-fault.ts';
import { type ProviderId, presetOf } from '../../shared/endpoints/provider/presets.ts';
import { sign } from '../../shared/endpoints/signature/signing.ts';
import { type Received, send } from '../local/http-client.ts';
import { every, inFull } from '../support/full-counts.ts';
import { aName, apiRequest, aRuntime, bearer, deliver, ok, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aStartedProcess, type Started } from './given-process.ts';
import { type Delivery, inPath, inQuery, placements, type Use } from './given-uses.ts';
import { filesOf, hunt, itemsOf, messagesOf, type Place } from './leak-hunter.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'hooklatch-hunt-'));
/** Every answer, except those that show a token on purpose. */
const answers: Place[] = [];
/** Every token of an endpoint. `inBodies` has those that were sent in a body, which is stored as received. */
const issued: string[] = [];
const inBodies: string[] = [];
/** Not a token. No placement protects this value, so the hunter must find it. */
const planted = 'planted~by~this~test~0123456789';
let started: Started;
/** The places where no token may be. `files` are the files on disk, which contain bodies too. */
let places: Place[];
let files: Place[];

function record(name: string, { headers, text }: Received): void {
  answers.push({ name: `the answer to ${name}`, text: JSON.stringify(headers) + text });
}

async function api(method: string, path: string, body?: unknown, token = started.admin): Promise<Received> {
  const answer = await send(started.url, apiRequest(method, path, body, { token }));
  const shown = answer.status < 300 && /\/(endpoint\/token|secret)(\/rotate)?$/.test(path) && method !== 'DELETE';
  if (shown) answers.push({ name: `the headers of ${method}`, text: JSON.stringify(answer.headers) });
  else record(`${method} of an operator`, answer);
  return answer;
}

async function sent(delivery: ReturnType<Delivery>, status: number): Promise<Received> {
  const answer = await deliver(delivery.url, { headers: delivery.headers ?? {}, body: delivery.body ?? '{}' });
  record('a delivery', answer);
  expect(answer.status).toBe(status);
  return answer;
}

/** Reads every event back as an operator does. Leaves out the bodies that contain the token at its placement. */
async function readBack(path: string, isInBody: boolean): Promise<void> {
  const { items } = (await api('GET', `${path}/events`)).json() as { items: { id: string }[] };
  expect(items.length).toBeGreaterThanOrEqual(4);
  for (const { id } of items) {
    const answer = await send(
      started.url,
      apiRequest('GET', `${path}/events/${id}`, undefined, { token: started.admin }),
    );
    const { body, ...event } = answer.json();
    answers.push({ name: 'an event', text: JSON.stringify(isInBody ? event : { ...event, body }) });
  }
}

/** The token with a typical paste error: too short, too long, or with another last character. */
const nearly = (token: string): string[] => [
  token.slice(0, -1),
  `${token}x`,
  token.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')),
];

/** The life of one endpoint, including wrong requests. */
async function procedure({ accept, delivery }: Use, dictate?: () => string): Promise<void> {
  const newToken = () => (dictate ? { value: dictate() } : {});
  const isInBody = accept.in === 'body';
  const name = aName();
  const path = `/v1/connections/${name}`;
  await api('POST', '/v1/connections', { name });
  await api('PUT', `${path}/endpoint`, { auth: { kind: 'token', accept: [accept] } });
  const first = String((await api('POST', `${path}/endpoint/token`, newToken())).json()['token']);
  issued.push(first);
  await api('POST', `${path}/endpoint/activate`);
  const url = String((await api('GET', `${path}/endpoint/token`)).json()['url']);
  await sent(delivery(first, url), 202);
  for (const wrong of nearly(first)) await sent(delivery(wrong, url), 403);
  const rotated = (await api('POST', `${path}/endpoint/token/rotate`, newToken())).json();
  const second = String(rotated['token']);
  issued.push(second);
  if (isInBody) inBodies.push(first, second);
  for (const live of [first, second]) await sent(delivery(live, url), 202);
  await api('GET', `${path}/endpoint/token`);
  await astray(path, url, second, delivery);
  await api('DELETE', `${path}/endpoint/token/previous`);
  await sent(delivery(first, url), 403);
  await api('DELETE', `${path}/endpoint/token`);
  await sent(delivery(second, url), 403);
  await readBack(path, isInBody);
  for (const observed of ['/rejections', '/history']) await api('GET', `${path}${observed}`);
  await api('GET', '/v1/connections?include=stats');
}

/** Sends tokens in wrong places. */
async function astray(path: string, url: string, token: string, delivery: Delivery): Promise<void> {
  const right = delivery(token, url);
  const put = (to: string, headers = {}) =>
    deliver(to, { headers, body: '{}' }).then((answer) => record('a stray', answer));
  // A referrer, a proxy's header and a second parameter repeat a generated token that is also at its placement.
  if (token.startsWith('hle_')) {
    const headers = {
      ...right.headers,
      referer: `${url}?key=${token}`,
      cookie: `t=${token}`,
      'x-original-uri': `/${token}`,
    };
    await sent({ ...right, headers, url: `${right.url}${right.url.includes('?') ? '&' : '?'}copy=${token}` }, 202);
  }
  if (token.startsWith('hle_')) await put(url, { 'user-agent': `Sender/1.0 (${token})` });
  await sent({ ...right, headers: { ...bearer(started.admin), ...right.headers } }, 202);
  const encoded = encodeURIComponent(token);
  await put(`${started.url}/hooks/${encoded}/${url.slice(-22)}`);
  await put(`${url.slice(0, -22)}${encoded}`);
  await put(`${started.url}/${encoded}`);
  await api('GET', `/v1/connections/${encoded}`);
  await api('PUT', `/v1/connections/${encoded}/endpoint`, { nonsense: true });
  await api('GET', `${path}/events/${encoded}`);
  await api('GET', `${path}/events?cursor=${encoded}&from=${encoded}`);
  await api('GET', `${path}?token=${encoded}`);
  await api('GET', path, undefined, token);
  await api('POST', `${path}/endpoint/token/rotate`, { value: `${token}é` });
  await api('POST', `${path}/endpoint/token/rotate`, { value: `hle_${token.slice(4, -1)}!` });
  await api('POST', `${path}/endpoint/token/rotate`, { graceSeconds: token });
}

/**
 * The life of an endpoint whose sender signs. The secret is first generated or given, then rotated, then used together
 * with a token.
 */
async function signing(provider: ProviderId, dictate: boolean): Promise<void> {
  const path = `/v1/connections/${aName()}`;
  const { kind, scheme, answer: { status = 202 } = {} } = presetOf(provider);
  const wish = () => (dictate ? { [kind === 'both' ? 'signingSecret' : 'value']: dictated() } : {});
  const noted = ({ token, signingSecret }: Record<string, unknown>) => {
    const secret = String(signingSecret ?? token);
    issued.push(secret, ...(signingSecret ? [String(token)] : []));
    return { token: String(token), secret };
  };
  await api('POST', '/v1/connections', { name: path.slice(16), provider });
  // With this setting, a secret is also generated for senders that make their own.
  await api('PUT', `${path}/endpoint`, { secretFrom: 'operator' });
  const first = noted((await api('POST', `${path}/endpoint/token`, wish())).json());
  await api('POST', `${path}/endpoint/activate`);
  const url = String((await api('GET', `${path}/endpoint/token`)).json()['url']);
  const headers = { 'content-type': 'application/json' };
  const signed = (secret: string, token: string) => {
    const at = kind === 'both' ? `${url}?token=${encodeURIComponent(token)}` : url;
    const request = { method: 'POST', url: at, headers, body: Buffer.from('{"signature": {}}'), now: new Date() };
    const made = scheme && sign(scheme, secret, request);
    return { url: at, headers: made?.headers as Record<string, string>, body: made?.body.toString() ?? '' };
  };
  await sent(signed(first.secret, first.token), status);
  for (const wrong of nearly(first.secret)) await sent(signed(wrong, first.token), 403);
  await api('POST', `${path}/endpoint/test`, { publish: true });
  const second = noted((await api('POST', `${path}/endpoint/token/rotate`, wish())).json());
  for (const { secret, token } of [first, second]) await sent(signed(secret, token), status);
  await api('PUT', `${path}/endpoint`, { auth: { kind: 'both' }, values: { force: true } });
  noted((await api('GET', `${path}/endpoint/token`)).json());
  await sent(signed(second.secret, second.token), status);
  await api('POST', `${path}/endpoint/token/rotate`, { value: `${first.secret}é` });
  await readBack(path, false);
  for (const observed of ['', '/rejections', '/history']) await api('GET', `${path}${observed}`);
}

/**
 * A sender that delivers its secret, twice in an open window and once without one. The answer in a window contains the
 * secret.
 */
async function bringing(): Promise<void> {
  const path = `/v1/connections/${aName()}`;
  await api('POST', '/v1/connections', { name: path.slice(16), provider: 'asana' });
  await api('PUT', `${path}/endpoint`, {});
  const { endpoint } = (await api('POST', `${path}/endpoint/activate`)).json() as { endpoint: { url: string } };
  for (const opens of [true, true, false]) {
    const secret = randomBytes(16).toString('hex');
    issued.push(secret);
    if (opens) await api('POST', `${path}/endpoint/handshake`, {});
    const answer = await deliver(endpoint.url, { headers: { 'x-hook-secret': secret } });
    expect(answer.status).toBe(opens ? 200 : 403);
    if (!opens) record('a handshake', answer);
  }
  await api('POST', `${path}/endpoint/handshake/confirm`, {});
  for (const observed of ['', '/rejections', '/history']) await api('GET', `${path}${observed}`);
}

/** How a receiver writes what it got into its answer. */
const echoes: ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => JSON.stringify({ text }),
  (text) => Buffer.from(text).toString('base64'),
];

/** A destination whose receiver says back its credentials, in every form. Its signing secrets are made, brought along and replaced. */
async function sending(): Promise<void> {
  const [key, header, password, another] = [dictated(), dictated(), dictated(), dictated()] as const;
  const own = `whsec_${randomBytes(32).toString('base64')}`;
  issued.push(key, header, password, another, own);
  let asked = 0;
  const receiver = createServer(({ url = '', headers }, response) => {
    const known = [url, String(headers['x-key']), String(headers.authorization), key, password];
    const echo = echoes[Math.floor(asked / known.length) % echoes.length] ?? String;
    response.writeHead(asked % 2 === 0 ? 200 : 400).end(echo(known[asked % known.length] ?? ''));
    asked += 1;
  });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in?key=${encodeURIComponent(key)}`;
  const name = aName();
  const path = `/v1/destinations/${name}`;
  const auth = { kind: 'basic', username: 'ada', password };
  const made = await api('POST', '/v1/destinations', {
    name,
    url,
    headers: { 'x-key': header },
    auth,
    signingSecret: own,
  });
  expect(made.status).toBe(201);
  for (let turn = 0; turn < 5 * echoes.length; turn += 1) await api('POST', `${path}/test`, {});
  expect(asked).toBe(5 * echoes.length);
  await api('GET', `${path}/secret`);
  const rotated = (await api('POST', `${path}/secret/rotate`, {})).json() as { secret: string };
  issued.push(rotated.secret);
  await api('POST', `${path}/secret/rotate`, { force: true, value: `${own}é` });
  await api('PATCH', path, { auth: { kind: 'bearer', token: another }, headers: { 'x-key': `${header}é` } });
  await api('PATCH', path, { auth: { kind: 'bearer', token: another } });
  await api('PATCH', path, { url: `${url}#${encodeURIComponent(key)}` });
  await api('PATCH', path, { url: `http://10.0.0.1/?key=${encodeURIComponent(key)}` });
  await api('PATCH', path, { url: `${url.replace('http://', `http://ada:${encodeURIComponent(password)}@`)}` });
  receiver.close();
  receiver.closeAllConnections();
  await api('POST', `${path}/test`, {});
  for (const observed of ['', '/history']) await api('GET', `${path}${observed}`);
  await api('GET', '/v1/destinations');
  await api('DELETE', path);
}

/** A destination with OAuth 2: the issuer refuses and repeats the credentials first, and the receiver says back the token. */
async function authorizing(): Promise<void> {
  const [clientSecret, accessToken] = [dictated(), randomBytes(24).toString('hex')] as const;
  issued.push(clientSecret, accessToken);
  let refusals = 2;
  const server = createServer(async ({ url = '', headers, ...request }, response) => {
    if (!url.startsWith('/token')) return response.end(`you are ${headers.authorization}`);
    refusals -= 1;
    if (refusals >= 0) return response.writeHead(400).end(`${headers.authorization} ${request.method} ${clientSecret}`);
    return response.end(JSON.stringify({ access_token: accessToken, expires_in: 3600 }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const path = `/v1/destinations/${aName()}`;
  const auth = { kind: 'oauth2', tokenUrl: `${origin}/token`, clientId: 'a client', clientSecret };
  await api('POST', '/v1/destinations', { name: path.slice(17), url: `${origin}/in`, auth });
  await api('POST', `${path}/test`, {});
  await api('PATCH', path, { auth: { ...auth, clientAuthentication: 'body' } });
  await api('POST', `${path}/test`, {});
  expect((await api('POST', `${path}/test`, {})).json()).toMatchObject({
    delivered: true,
    answer: 'you are Bearer REDACTED',
  });
  for (const observed of ['', '/history']) await api('GET', `${path}${observed}`);
  server.close();
  server.closeAllConnections();
}

/** A receiver of webhooks that says back its destination's credentials: each, in every form, at the places where answers are cut. */
let echoing: Server;
/** How it answers. A destination with a 410 is well. */
let echoingStatus: number;
let echoed: number;
let echoDestination: string;
const paddings = [0, 186, 4_090];
const echoesOfOne = 5 * echoes.length * paddings.length;

/** A connection whose webhooks go to that receiver. Then it fails, so that its lane has what waits. */
async function delivering(): Promise<void> {
  const [key, header, password] = [dictated(), dictated(), dictated()] as const;
  const own = `whsec_${randomBytes(32).toString('base64')}`;
  issued.push(key, header, password, own);
  [echoed, echoingStatus] = [0, 410];
  echoing = createServer(({ url = '', headers }, response) => {
    const known = [url, String(headers['x-key']), String(headers.authorization), key, password];
    const echo = echoes[Math.floor(echoed / known.length) % echoes.length] ?? String;
    const padding = '.'.repeat(paddings[echoed % paddings.length] ?? 0);
    response.writeHead(echoingStatus, { 'retry-after': '50' });
    response.end(padding + echo(known[echoed % known.length] ?? ''));
    echoed += 1;
  });
  await once(echoing.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(echoing.address() as AddressInfo).port}`;
  echoDestination = `/v1/destinations/${aName()}`;
  await api('POST', '/v1/destinations', {
    name: echoDestination.slice(17),
    url: `${origin}/in?key=${encodeURIComponent(key)}`,
    headers: { 'x-key': header },
    auth: { kind: 'basic', username: 'ada', password },
    signingSecret: own,
  });
  const path = `/v1/connections/${aName()}`;
  await api('POST', '/v1/connections', { name: path.slice(16) });
  await api('PUT', `${path}/endpoint`, {});
  const token = String((await api('POST', `${path}/endpoint/token`, {})).json()['token']);
  issued.push(token);
  await api('POST', `${path}/endpoint/activate`);
  const { url } = (await api('GET', `${path}/endpoint/token`)).json() as { url: string };
  await api('PUT', `${path}/routes`, { rules: [{ id: 'all', to: echoDestination.slice(17) }] });
  const send = () => sent({ url, headers: bearer(token) }, 202);
  for (let event = 0; event < echoesOfOne; event += 1) await send();
  await waitUntil('every echo is recorded', async () => (await deliveriesWith('failed')).length === 50);
  await waitUntil('all were attempted', () => echoed === echoesOfOne);
  echoingStatus = 500;
  for (let event = 0; event < 6; event += 1) await send();
  const stateNow = async () => (await api('GET', `${echoDestination}/health`)).json()['state'];
  await waitUntil('the destination is taken for failing', async () => (await stateNow()) === 'failing');
  await readDeliveries(path);
}

const deliveriesWith = async (status: string) =>
  (await api('GET', `${echoDestination}/deliveries?status=${status}&limit=50`)).json()['items'] as { id: string }[];

/** Reads deliveries back as an operator does. */
async function readDeliveries(path: string): Promise<void> {
  for (const status of ['failed', 'waiting']) {
    const items = await deliveriesWith(status);
    expect(items.length).toBeGreaterThan(0);
    for (const { id } of items) await api('GET', `/v1/deliveries/${id}`);
  }
  const { items } = (await api('GET', `${path}/events`)).json() as { items: { id: string }[] };
  await api('GET', `${path}/events/${items[0]?.id}/deliveries`);
  await api('GET', `${echoDestination}/deliveries`);
}

/** A value from an operator. No token format protects it, and every encoding changes it. */
const dictated = (): string => `${randomBytes(9).toString('hex')} +%&"'=;?${randomBytes(9).toString('hex')}`;

/** The first sender only signs, the second signs the time too, and the third also needs a token. */
const signers: ProviderId[] = every(2, ['github', 'slack', 'mailgun']);
/** Whether their secrets are from an operator. `npm test` has only those, because no format protects them. */
const dictating = every(2, [true, false]);

/** Where generated tokens are used: in `npm test` in the path and in the body. */
const generatedAt = every(6, placements);
/** Where values from an operator are used too: in `npm test` only in the query. */
const dictatedAt = [inQuery, ...inFull(placements.filter((each) => each !== inQuery))];

beforeAll(async () => {
  started = await aStartedProcess(dataDir);
  for (const placement of generatedAt) await procedure(placement);
  for (const placement of dictatedAt) await procedure(placement, dictated);
  // A value from an operator may look like a connection's name.
  await procedure(inPath, () => `k${randomBytes(12).toString('hex')}`);
  for (const provider of signers) for (const dictate of dictating) await signing(provider, dictate);
  await bringing();
  await sending();
  await authorizing();
  await plant();
  await delivering();
  await started.end('SIGINT');
  const messages = await messagesOf(dataDir);
  places = [{ name: 'the output', text: started.output() }, ...answers, ...messages, ...(await stored())];
  // The assembly is code of many megabytes, and was there before the first token.
  files = filesOf(dataDir, 'secrets', 'assembly');
});
afterAll(async () => {
  await started?.end('SIGKILL');
  echoing?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Stores the planted value in a header, where nothing removes it. */
async function plant(): Promise<void> {
  const path = `/v1/connections/${aName()}`;
  await api('POST', '/v1/connections', { name: path.slice(16) });
  await api('PUT', `${path}/endpoint`, {});
  const token = String((await api('POST', `${path}/endpoint/token`, {})).json()['token']);
  issued.push(token);
  await api('POST', `${path}/endpoint/activate`);
  const url = String((await api('GET', `${path}/endpoint/token`)).json()['url']);
  await sent({ url, headers: { ...bearer(token), 'x-note': planted }, body: 'a'.repeat(5000) }, 202);
}

/** Serves what waits for the receiver that echoes, by its lane. */
async function serveLane(world: World): Promise<void> {
  [echoed, echoingStatus] = [0, 200];
  await waitUntil(
    'the lane has delivered what waited',
    async () => {
      world.clock.ahead += 60_000;
      await world.runtime.runSchedule('EveryMinute', 'sweepdeliveries');
      await world.runtime.settled();
      return (await ok(world, 'GET', `${echoDestination}/health`))['state'] === 'well';
    },
    500,
  );
}

/** Lets dispatch fail until a message is a dead letter. @returns the dead letters */
async function deadLetters(world: World, dispatch: { isFailing: boolean }): Promise<Place[]> {
  const { items } = await ok(world, 'GET', `${echoDestination}/deliveries?status=failed`);
  dispatch.isFailing = true;
  await ok(world, 'POST', `/v1/deliveries/${(items as { id: string }[])[0]?.id}/redeliver`, {});
  await world.runtime.runSchedule('EveryMinute', 'sweepdeliveries');
  const [, QueueUrl] = Object.entries(world.runtime.queues).find(([id]) => /DeliveryQueuesDeadLetters/.test(id)) ?? [];
  const { url: endpoint, region, administrator: credentials } = world.runtime.aws;
  const sqs = new SQSClient({ endpoint, region, credentials });
  let bodies: string[] = [];
  await waitUntil('a message is a dead letter', async () => {
    world.clock.ahead += 361_000;
    await world.runtime.settled();
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    bodies = Messages.map(({ Body = '' }) => Body);
    return bodies.length > 0;
  });
  sqs.destroy();
  return bodies.map((text) => ({ name: 'a dead letter', text }));
}

/** Every item of every table, read by a second runtime on the same folder, and that runtime's logs. */
async function stored(): Promise<Place[]> {
  const dispatch = { isFailing: false };
  const fault = ({ service, principal }: PermittedCall) =>
    dispatch.isFailing && service === 'dynamodb' && principal.includes('-dispatchFunction')
      ? 'error-before'
      : undefined;
  const world = await aRuntime({ dataDir, fault });
  // Waits until the records in the streams have been processed.
  await world.runtime.settled();
  await serveLane(world);
  const dead = await deadLetters(world, dispatch);
  const isBodyExempt = (headers: Record<string, string>) => headers['x-exempt'] === 'body';
  const names = Object.values(world.runtime.tables);
  const items = await Promise.all(names.map((table) => itemsOf(world.dynamodb, table, isBodyExempt)));
  await world.end();
  return [...items.flat(), ...dead, { name: 'the logs', text: world.logs.join('\n') }];
}

test('no endpoint token is in the output, the answers or the tables', () => {
  expect(new Set(issued).size).toBe(
    (generatedAt.length + dictatedAt.length) * 2 + 3 + signers.length * dictating.length * 3 + 3 + 6 + 2 + 5,
  );
  expect(places.length).toBeGreaterThan(300);
  for (const table of ['State', 'Events', 'Journal', 'Deliveries']) {
    expect(places.map(({ name }) => name)).toContainEqual(expect.stringContaining(`-${table}`));
  }
  const kinds = places.flatMap(({ name, text }) =>
    /Journal\S*\.pk$/.test(name) ? text.split('"')[3]?.split('#') : [],
  );
  expect(kinds).toEqual(expect.arrayContaining(['rejections', 'history', 'destination_history', 'use', 'count']));
  const names = places.map(({ name }) => name);
  expect(names).toContainEqual(expect.stringMatching(/^the message content~/));
  expect(names).toContain('a dead letter');
  const redactions = places.filter(
    ({ name, text }) => /Deliveries\S*\.(answer|record)$/.test(name) && text.includes('REDACTED'),
  );
  expect(redactions.length).toBeGreaterThan(echoesOfOne);
  expect(hunt(places, issued)).toEqual([]);
});

test('no endpoint token is in a file outside the secrets, except tokens that were sent in a body', () => {
  expect(files.map(({ name }) => name)).toContainEqual(expect.stringMatching(/dynamodb/));
  expect(
    hunt(
      files,
      issued.filter((token) => !inBodies.includes(token)),
    ),
  ).toEqual([]);
});

test('the first operator token is only in the lines that announce it', () => {
  const isAnnouncement = (line: string) => /^ {2}(Operator token {3}|export HOOKLATCH_URL=)/.test(line);
  const [output, ...others] = places;
  const lines = output?.text.split('\n') ?? [];
  expect(lines.filter((line) => line.includes(started.admin))).toHaveLength(2);
  const rest = { name: 'the output', text: lines.filter((line) => !isAnnouncement(line)).join('\n') };
  expect(hunt([rest, ...others, ...files], [started.admin])).toEqual([]);
});

test('the hunter finds a planted value in a compressed stored header', () => {
  const events = expect.stringMatching(/^token 0 in .*Events.*\.payload$/);
  expect(hunt(places, [planted])).toEqual([events]);
});

test('the hunter finds a token in whole, in part, and in every encoding', () => {
  const value = dictated();
  const inBase64 = ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${value}.`).toString('base64'));
  const traces = [
    value,
    value.slice(0, 12),
    value.slice(-12),
    encodeURIComponent(value),
    JSON.stringify(value),
    ...inBase64,
  ];
  const finds = traces.map((trace) =>
    hunt([{ name: 'a line', text: `{"before":"${trace}"}` }], ['another value', value]),
  );
  expect(finds).toEqual(traces.map(() => ['token 1 in a line']));
});
