/** Wakes up for operators who list or read events. */
import { afterCursor, type Call, cursorOf, type Handlers, limitOf, operatorApi } from '../shared/api.ts';
import { type BodyStore, bodyStore } from '../shared/body-store.ts';
import { Download } from '../shared/download.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/environment.ts';
import { type Envelope, eventIdFor, eventIdForm, type StoredEvent, summaryOf, unpack } from '../shared/event.ts';
import { type EventLog, eventLog, isSortKey } from '../shared/event-log.ts';
import { eventViewOf } from '../shared/event-view.ts';
import { Problem } from '../shared/problem.ts';
import { connectionOf } from '../shared/revision.ts';
import { dynamodb, type Store, store } from '../shared/store.ts';

export interface Deps {
  store: Store;
  log: EventLog;
  readBody: BodyStore['read'];
}

/** How long a row is held back from an ascending list, in ms: who reads to the end must not miss one still being written. */
const settling = 5_000;

/** In the form in which times of arrival are kept, so that they compare as texts. */
const normalized = (instant: string | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString();

/** The latest time of arrival that a list shows. */
function latest(order: 'asc' | 'desc', to: string | undefined, now: Date): string | undefined {
  if (order === 'desc') return to;
  const settled = new Date(now.getTime() - settling).toISOString();
  return to !== undefined && to < settled ? to : settled;
}

async function list(call: Call<'GET /v1/connections/{name}/events'>, { store, log }: Deps) {
  const { id } = await connectionOf(call, store);
  const { limit, cursor, order = 'desc', type, deliveryId } = call.query;
  if (deliveryId !== undefined) return find(call, id, deliveryId, log);
  const [from, to] = [call.query.from, call.query.to].map(normalized);
  const after = afterCursor(cursor, isSortKey);
  const page = { order, limit: limitOf(limit), after, from, to: latest(order, to, call.now), type, now: call.now };
  const { events, next } = await log.list(id, page);
  return { status: 200, body: { items: events.map(summaryOf), nextCursor: cursorOf(next) } };
}

/** One read: the delivery id makes the event's id. */
async function find(
  { query, now }: Call<'GET /v1/connections/{name}/events'>,
  id: string,
  deliveryId: string,
  log: EventLog,
) {
  if (Object.keys(query).length > 1) {
    throw new Problem(400, 'invalid_request', 'deliveryId names one event: leave the rest of the query out.');
  }
  const event = await log.read(eventIdFor(id, deliveryId));
  return { status: 200, body: { items: event && isKept(event, now) ? [summaryOf(event)] : [], nextCursor: null } };
}

/** DynamoDB removes what is expired some time later; it is gone from then on. */
const isKept = ({ expiresAt }: StoredEvent, now: Date): boolean => expiresAt * 1000 > now.getTime();

async function read(call: Call<'GET /v1/connections/{name}/events/{id}'>, { store, log, readBody }: Deps) {
  const connection = await connectionOf(call, store);
  const id = call.params['id'] ?? '';
  const event = eventIdForm.test(id) ? await log.read(id) : undefined;
  if (event?.connectionId !== connection.id || !isKept(event, call.now)) {
    throw new Problem(
      404,
      'event_not_found',
      'This connection has no event of this id. It may have passed its retention.',
    );
  }
  const { envelope, body } = await contentOf(event, readBody);
  if (call.query.raw === undefined) return { status: 200, body: eventViewOf(event, envelope, body) };
  return new Download(body, `${event.id}.bin`, envelope.headers['content-type']);
}

/** An event's headers and query, and its body from where it is kept. */
async function contentOf(
  event: StoredEvent,
  readBody: Deps['readBody'],
): Promise<{ envelope: Envelope; body: Buffer }> {
  const { envelope, body } = unpack(event.payload);
  if (event.bodyKey === undefined) return { envelope, body };
  const large = await readBody(event.bodyKey);
  if (large) return { envelope, body: large };
  throw new Problem(
    500,
    'body_missing',
    'The event is stored, but its body is gone from the bodies bucket: somebody removed it there. It can not come back.',
  );
}

export const events = (deps: Deps): Handlers<'events'> => ({
  'GET /v1/connections/{name}/events': (call) => list(call, deps),
  'GET /v1/connections/{name}/events/{id}': (call) => read(call, deps),
});

const live = (): Deps => {
  const client = dynamodb();
  return {
    store: store(client, fromEnvironment('stateTable')),
    log: eventLog(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    readBody: bodyStore(fromEnvironment('bodiesBucket')).read,
  };
};

export const handler = operatorApi(events(live()));
