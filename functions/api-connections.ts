/** Wakes up for operators who open, list, read, edit or delete connections. */

import { randomUUID } from 'node:crypto';
import { observedAnswer, type RecordAnswerDeps, recordAnswer } from '../shared/api/connection-answer.ts';
import {
  requireConnection,
  type UpdateDecision,
  updateConnection,
  viewAnswer,
} from '../shared/api/connection-update.ts';
import {
  afterCursor,
  cursorOf,
  limitOf,
  type OperatorCall,
  operatorApi,
  type RouteHandlers,
} from '../shared/api/operator-api.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, numberFromEnvironment } from '../shared/aws/environment.ts';
import { log } from '../shared/aws/logger.ts';
import { Problem } from '../shared/base/problem.ts';
import { type Connection, newConnection } from '../shared/endpoint/connection.ts';
import { connectionNameForm } from '../shared/endpoint/connection-name.ts';
import { connectionViewOf } from '../shared/endpoint/connection-view.ts';
import { resolveVerb, statusOf } from '../shared/endpoint/lifecycle.ts';
import { type StateTable, stateTable } from '../shared/endpoint/state-table.ts';
import { heldCounter } from '../shared/event/held-event-count.ts';
import { type RejectionReader, rejectionReader } from '../shared/journal/rejection-reader.ts';
import { countedUpTo, type ListedConnection, withLastUse } from '../shared/journal/usage.ts';
import { type UsageTable, usageTable } from '../shared/journal/usage-table.ts';
import { providerOf, providerSummaries } from '../shared/provider/catalogue.ts';
import { nearestProvider, providerIdOf } from '../shared/provider/provider-name.ts';

export interface Deps extends RecordAnswerDeps {
  store: StateTable;
  usage: Pick<UsageTable, 'lastUse' | 'lastHour' | 'lateness'>;
  rejections: Pick<RejectionReader, 'totals'>;
  newId(): string;
  version: string;
}

/** Opens a connection. A repeat whose first answer was lost meets its own record and is a 409 that says so. */
async function open(call: OperatorCall<'POST /v1/connections'>, { store, newId, publicUrl }: Deps) {
  const opened = newConnection(call.body, newId(), { by: call.operator.id, now: call.now });
  if ((await store.openConnection(opened, call.requestId)) === 'written')
    return viewAnswer(opened, call, publicUrl, 201);
  throw new Problem(409, 'connection_exists', 'There is a connection of this name. Read it, or choose another name.');
}

const actOn =
  (call: OperatorCall, verb: 'edit' | 'delete', change: Partial<Connection>) =>
  ({ endpoint }: Connection): UpdateDecision => {
    const said = resolveVerb(endpoint, verb, call.now);
    if (said === 'same') return { kind: 'same' };
    if ('refused' in said) return { kind: 'refused', code: said.refused, verb };
    const at = call.now.toISOString();
    return {
      kind: 'changed',
      change,
      entry: { verb, by: call.operator.id, at, from: statusOf(endpoint), to: said.to },
    };
  };

async function edit(call: OperatorCall<'PATCH /v1/connections/{name}'>, deps: Deps) {
  const { provider, description } = call.body;
  const change = { ...(provider ? { provider } : {}), ...(description === undefined ? {} : { description }) };
  const edited = await updateConnection(call, deps.store, (connection) => {
    if (provider && provider !== connection.provider && connection.endpoint) {
      return { kind: 'refused', code: 'action_not_allowed', verb: 'edit' };
    }
    return actOn(call, 'edit', change)(connection);
  });
  return recordAnswer(edited, call, deps);
}

/** Writes first by whom, because what is removed can no longer say it. */
async function remove(call: OperatorCall<'DELETE /v1/connections/{name}'>, { store }: Deps) {
  const marked = await updateConnection(call, store, actOn(call, 'delete', {}));
  if ((await store.removeConnection(marked)) === 'written') return { status: 204, body: null };
  throw new Problem(
    409,
    'superseded',
    'Another operator changed this connection meanwhile. Read it, and delete it again.',
  );
}

const read = async (call: OperatorCall<'GET /v1/connections/{name}'>, deps: Deps) =>
  observedAnswer(await requireConnection(call, deps.store), call, deps);

/** From the Journal's counters alone: however many events a connection has, none is looked at. */
async function withStats({ id }: Connection, view: ListedConnection, asOf: string, deps: Deps, now: Date) {
  const { usage, rejections } = deps;
  const [use, { events, lastAt }, { totals, complete }] = await Promise.all([
    usage.lastUse(id),
    usage.lastHour(id, now),
    rejections.totals(id, { from: new Date(now.getTime() - 59 * 60_000), to: now }),
  ]);
  const count = Object.values(totals).reduce((sum, each) => sum + each, 0);
  const stats = { lastHour: { events, rejections: count }, lastEventAt: lastAt ?? use.lastEventAt, asOf, complete };
  return { ...withLastUse(view, use), stats };
}

async function list({ query, operator, now }: OperatorCall<'GET /v1/connections'>, deps: Deps) {
  const after = afterCursor(query.cursor, (text) => connectionNameForm.test(text));
  const { connections: found, next } = await deps.store.listConnections(limitOf(query.limit), after);
  const asOf = query.include === 'stats' ? countedUpTo(await deps.usage.lateness(), now) : '';
  const items = found.map(async (connection): Promise<ListedConnection> => {
    const view = connectionViewOf(connection, operator.role, deps.publicUrl, now);
    return query.include === 'stats' ? withStats(connection, view, asOf, deps, now) : view;
  });
  return { status: 200, body: { items: await Promise.all(items), nextCursor: cursorOf(next) } };
}

async function readProvider({ params: { id = '' } }: OperatorCall<'GET /v1/providers/{id}'>) {
  const found = providerIdOf(id);
  if (found) return { status: 200, body: providerOf(found) };
  const meant = nearestProvider(id);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new Problem(404, 'provider_not_found', `There is no sender of this name.${hint} GET /v1/providers lists them.`);
}

export const apiConnections = (deps: Deps): RouteHandlers<'api-connections'> => ({
  'GET /healthz': async () => ({ status: 200, body: { status: 'ok', version: deps.version } }),

  'GET /v1/providers': async () => ({ status: 200, body: { items: providerSummaries() } }),
  'GET /v1/providers/{id}': readProvider,

  'GET /v1/connections': (call) => list(call, deps),
  'POST /v1/connections': (call) => open(call, deps),
  'GET /v1/connections/{name}': (call) => read(call, deps),
  'PATCH /v1/connections/{name}': (call) => edit(call, deps),
  'DELETE /v1/connections/{name}': (call) => remove(call, deps),
});

const live = (): Deps => {
  const client = dynamodb();
  const journal = fromEnvironment('journalTable');
  return {
    store: stateTable(client, fromEnvironment('stateTable')),
    usage: usageTable(client, journal),
    rejections: rejectionReader(client, journal),
    countHeld: heldCounter(client, fromEnvironment('eventsTable'), numberFromEnvironment('eventShards')),
    newId: randomUUID,
    publicUrl: fromEnvironment('publicUrl'),
    version: fromEnvironment('version'),
    log,
  };
};

export const handler = operatorApi(apiConnections(live()));
