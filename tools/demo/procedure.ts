/** The life of one endpoint, step by step: from the first connection until its old URL is refused. */

import type { DestinationView } from '../../shared/deliveries/destination/destination-view.ts';
import type { RoutedDelivery } from '../../shared/deliveries/dispatch/delivery-view.ts';
import type { ConnectionView } from '../../shared/endpoints/endpoint/connection-view.ts';
import type { EventView } from '../../shared/operators/api/event-view.ts';
import { type Answered, type Ask, check, send } from './exchange.ts';
import type { Log } from './log.ts';
import { type Page, spaced } from './page.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { type Deliver, type Payload, payloadOf } from './sender.ts';

/** The actors of the procedure, and the page that shows it. */
export interface Cast {
  page: Page;
  ask: Ask;
  deliver: Deliver;
  log: Log;
  /** Waits for what the deployment does after its answers. */
  settled(): Promise<void>;
}

interface TokenAnswer {
  token: string;
  url: string | null;
  deliveryUrls: { placement: { in: string }; url: string; header?: { name: string; value: string } }[];
}

const path = '/v1/connections/github';
const endpoint = `${path}/endpoint`;

const accept = [
  { in: 'query', name: 'token' },
  { in: 'path' },
  { in: 'header', name: 'authorization', scheme: 'Bearer' },
  { in: 'basic', username: 'github' },
];

const statusAnd =
  (...more: (keyof NonNullable<ConnectionView['endpoint']>)[]) =>
  ({ status, endpoint }: ConnectionView) => [
    `status: ${status}`,
    ...more.map((key) => `${key}: ${spaced(endpoint?.[key] ?? null)}`),
  ];
const tokenAndUrl = ({ token, url }: TokenAnswer) => [`token: ${token}`, `url: ${url}`];
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/**
 * Runs the procedure.
 * @throws Unexpected at the first answer that differs from the expected one
 */
export async function procedure(cast: Cast): Promise<void> {
  await setUp(cast);
  const { url, token, urls } = await copyUrl(cast);
  await deliverEverywhere(cast, url, token, urls);
  await refuse(cast, url, token);
  await closeAndOpen(cast, url, token);
  await rotate(cast, url, token);
  await passOn(cast, url);
  await takeDown(cast, url, token);
}

async function setUp({ page, ask }: Cast): Promise<void> {
  page.step('Open a connection', 'A connection is the named link to one sender. Nothing is public yet.');
  await ask<ConnectionView>(
    'POST',
    '/v1/connections',
    { name: 'github', description: 'Our repositories' },
    201,
    statusAnd(),
  );
  page.step(
    'Configure its endpoint',
    'The settings say where the sender may put the token: here in all four places of a URL or a header.',
  );
  await ask<ConnectionView>('PUT', endpoint, { auth: { kind: 'token', accept } }, 200, statusAnd('url'));
  page.step('Generate a token', 'Secrets Manager keeps the token. The record only says which version is live.');
  await ask<TokenAnswer>('POST', `${endpoint}/token`, {}, 201, tokenAndUrl);
  page.step(
    'Activate the endpoint',
    'The first activation makes the URL. It stays the same until the endpoint is deconfigured.',
  );
  const view = await ask<ConnectionView>('POST', `${endpoint}/activate`, {}, 200, statusAnd('url'));
  check(typeof view.endpoint?.url === 'string', 'a URL once it is active', String(view.endpoint?.url));
}

async function copyUrl({ page, ask }: Cast) {
  page.step(
    'Copy the URL',
    'For each place of the token, this is what to enter at the sender. The history records the reveal.',
  );
  const show = ({ deliveryUrls }: TokenAnswer) =>
    deliveryUrls.map(({ placement, url, header }) =>
      [placement.in.padEnd(6), url, ...(header ? [`with ${header.name}: ${header.value}`] : [])].join('  '),
    );
  const { token, url, deliveryUrls } = await ask<TokenAnswer>('GET', `${endpoint}/token`, undefined, 200, show);
  const urls = Object.fromEntries(deliveryUrls.map((each) => [each.placement.in, each.url]));
  return { token, url: url ?? '', urls };
}

async function deliverEverywhere(cast: Cast, url: string, token: string, urls: Record<string, string>): Promise<void> {
  const ways = [
    { place: 'the query', event: 'push', to: urls['query'] ?? '' },
    { place: 'the path', event: 'issues', to: urls['path'] ?? '' },
    { place: 'a Bearer header', event: 'pull_request', to: url, headers: bearer(token) },
    { place: 'Basic credentials', event: 'release', to: urls['basic'] ?? '' },
  ];
  for (const { place, event, to, headers } of ways) {
    cast.page.step(
      `Deliver with the token in ${place}`,
      'The webhook is stored before it is answered, with its exact bytes.',
    );
    const payload = payloadOf(event);
    await readBack(cast, await cast.deliver(to, payload, 202, headers), payload);
  }
}

async function readBack({ page, ask }: Cast, answer: Answered, payload: Payload): Promise<void> {
  const { id } = JSON.parse(answer.text) as { id: string };
  const show = ({ size, sha256 }: EventView) => [`size: ${size}, sha256: ${sha256?.slice(0, 16)}…`];
  const event = await ask<EventView>('GET', `${path}/events/${id}`, undefined, 200, show);
  const stored =
    event.bodyBase64 === undefined ? Buffer.from(event.body ?? '') : Buffer.from(event.bodyBase64, 'base64');
  const sent = Buffer.from(payload.body);
  check(stored.equals(sent), `the ${sent.length} bytes that were sent`, `${stored.length} others`);
  page.note(`The stored body is what was sent, byte for byte: ${stored.length.toLocaleString('en')} bytes.`);
}

async function refuse({ page, deliver, log }: Cast, url: string, token: string): Promise<void> {
  page.step(
    'Deliver with one wrong character',
    'The sender learns only that it is refused. The operator finds the reason in the log.',
  );
  const wrong = token.slice(0, 20) + (token[20] === 'a' ? 'b' : 'a') + token.slice(21);
  await log.nextRejection();
  await deliver(url, payloadOf('push'), 403, bearer(wrong));
  const reason = await log.nextRejection();
  check(reason === 'token_malformed', 'the reason token_malformed in the log', String(reason));
  page.note(`The log says: ${reason}. A token contains a checksum, so a typo differs from an old token.`);
}

async function closeAndOpen({ page, ask, deliver }: Cast, url: string, token: string): Promise<void> {
  const payload = payloadOf('star');
  page.step('Deactivate the endpoint', 'It is closed from the next request on: no answer of the authorizer is cached.');
  await ask<ConnectionView>('POST', `${endpoint}/deactivate`, {}, 200, statusAnd('url'));
  await deliver(url, payload, 403, bearer(token));
  page.step('Activate it again', 'The same URL accepts webhooks again. Nothing has to change at the sender.');
  const view = await ask<ConnectionView>('POST', `${endpoint}/activate`, {}, 200, statusAnd('url'));
  check(view.endpoint?.url === url, `the same URL ${url}`, String(view.endpoint?.url));
  await deliver(url, payload, 202, bearer(token));
}

async function rotate({ page, ask, deliver }: Cast, url: string, old: string): Promise<void> {
  const payload = payloadOf('watch');
  page.step(
    'Rotate the token with a grace',
    'Both tokens work until the grace ends, so the sender can change without a gap.',
  );
  const rotateBody = { graceSeconds: 3600 };
  const { token } = await ask<TokenAnswer>('POST', `${endpoint}/token/rotate`, rotateBody, 200, tokenAndUrl);
  check(token !== old, 'a new token', 'the old one');
  page.note('With the new token:');
  await deliver(url, payload, 202, bearer(token));
  page.note('With the old one:');
  await deliver(url, payload, 202, bearer(old));
  page.step('End the grace', 'The sender uses the new token by now. The old one is refused at once.');
  await ask<ConnectionView>('DELETE', `${endpoint}/token/previous`, undefined, 200, ({ status, endpoint }) => [
    `status: ${status}`,
    `live tokens: ${endpoint?.tokens.length}`,
  ]);
  page.note('With the old token:');
  await deliver(url, payload, 403, bearer(old));
  page.note('With the new one:');
  await deliver(url, payload, 202, bearer(token));
}

/** Routes the webhook to a receiver that fails at first. */
async function passOn(cast: Cast, url: string): Promise<void> {
  const receiver = await startReceiver([503]);
  try {
    await route(cast, receiver);
    const { token } = await cast.ask<TokenAnswer>('GET', `${endpoint}/token`, undefined, 200, tokenAndUrl);
    await deliverOn(cast, receiver, url, token);
  } finally {
    receiver.close();
  }
}

async function route({ page, ask }: Cast, { url }: Receiver): Promise<void> {
  page.step(
    'Make a destination',
    'A destination is a URL that gets signed requests. Here it is a program on this machine.',
  );
  await ask<DestinationView>('POST', '/v1/destinations', { name: 'shop', url }, 201, ({ origin, authKind }) => [
    `origin: ${origin}, auth: ${authKind}`,
  ]);
  page.step('Route the pushes there', 'A rule has an event pattern, as EventBridge knows it. Other events match none.');
  const rules = [{ id: 'pushes', when: { headers: { 'x-github-event': ['push'] } }, to: 'shop' }];
  await ask<{ mode: string }>('PUT', `${path}/routes`, { mode: 'first', rules }, 200, ({ mode }) => [`mode: ${mode}`]);
}

async function deliverOn(
  { page, ask, deliver, settled }: Cast,
  receiver: Receiver,
  url: string,
  token: string,
): Promise<void> {
  page.step('Deliver, while the receiver fails', 'The sender has its answer long before. The delivery is tried again.');
  const payload = payloadOf('push');
  const { id } = JSON.parse((await deliver(url, payload, 202, bearer(token))).text) as { id: string };
  const [first, second] = [await receiver.next(), await receiver.next()];
  for (const { status, headers, body } of [first, second]) {
    check(body === payload.body, 'the bytes that were sent', `${body.length} others`);
    page.note(
      `The receiver answered ${status} to attempt ${headers['hooklatch-attempt']} of ${headers['webhook-id']}.`,
    );
  }
  check(
    first.headers['webhook-id'] === second.headers['webhook-id'],
    'the same webhook-id',
    String(second.headers['webhook-id']),
  );
  check(second.status === 204, 'the answer 204', String(second.status));
  await settled();
  page.step('See where it went', 'Each attempt is kept, with the answer and the time that it took.');
  const show = ({ items }: { items: RoutedDelivery[] }) =>
    items.map(({ destination, rule, status }) => `${rule} to ${destination}: ${status}`);
  await ask<{ items: RoutedDelivery[] }>('GET', `${path}/events/${id}/deliveries`, undefined, 200, show);
}

async function takeDown({ page, ask, deliver }: Cast, url: string, token: string): Promise<void> {
  page.step('Edit: remove the token', 'An endpoint without a token must not stay open, so it becomes inactive.');
  const removed = await ask<ConnectionView>('DELETE', `${endpoint}/token`, undefined, 200, statusAnd('tokens'));
  check(removed.status === 'inactive', 'the status inactive', removed.status);
  page.step(
    'Deconfigure the endpoint',
    'The URL is gone for ever. If the connection is configured again, it gets another one.',
  );
  const gone = await ask<ConnectionView>('DELETE', endpoint, undefined, 200, ({ status, endpoint }) => [
    `status: ${status}`,
    `endpoint: ${spaced(endpoint)}`,
  ]);
  check(gone.endpoint === null, 'no endpoint', spaced(gone.endpoint));
  page.step('Deliver to the old URL', 'It is refused like a URL that never existed. Nobody can tell the difference.');
  const old = await deliver(url, payloadOf('push'), 403, bearer(token));
  const never = await send({ method: 'POST', url: url.replace('/github/', '/nobody/'), body: '{}' });
  check(old.status === never.status && old.text === never.text, `the answer ${never.text}`, old.text);
  page.note('An unknown URL gets the same status and the same bytes.');
}
