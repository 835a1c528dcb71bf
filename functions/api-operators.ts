/** Wakes up for operators' requests about operators: lists, adds and revokes them, and says who one is. */
import { randomUUID } from 'node:crypto';
import { generateToken } from '../shared/endpoints/credential/token.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, optionalNumberFromEnvironment } from '../shared/ground/aws/environment.ts';
import { httpHandler } from '../shared/ground/aws/http-handler.ts';
import { afterCursor, beforeVersion, cursorOf, limitOf } from '../shared/operators/api/list-page.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/operators/api/operator-api.ts';
import { ownViewOf } from '../shared/operators/api/own-view.ts';
import {
  type OperatorHistoryTable,
  type OperatorUseTable,
  operatorHistoryTable,
  operatorUseTable,
} from '../shared/operators/journal/operator-journal-table.ts';
import { type AddOperatorPorts, addOperator } from '../shared/operators/operation/add-operator.ts';
import { revokeOperator } from '../shared/operators/operation/revoke-operator.ts';
import { latestExpiryBy } from '../shared/operators/operator/operator-expiry.ts';
import { operatorViewOf } from '../shared/operators/operator/operator-view.ts';
import { isBootstrapOpen } from '../shared/operators/operator/roster.ts';
import { rosterTable } from '../shared/operators/operator/roster-table.ts';

export interface Deps extends AddOperatorPorts {
  history: Pick<OperatorHistoryTable, 'list'>;
  uses: Pick<OperatorUseTable, 'lastUses'>;
}

async function listOperators({ query, now }: OperatorCall<'GET /v1/operators'>, { roster, uses }: Deps) {
  const [known, lastUses] = await Promise.all([roster.readRoster(), uses.lastUses()]);
  const after = afterCursor(query.cursor, (text) => /^op_[0-9a-z-]+$/.test(text));
  const limit = limitOf(query.limit);
  // The list is in the order of creation. A cursor of a revoked operator starts the list again, so that none is missed.
  const rest = known.operators.slice(known.operators.findIndex(({ id }) => id === after) + 1);
  const items = rest.slice(0, limit).map((each) => operatorViewOf(each, lastUses.get(each.id), now));
  const bootstrap = isBootstrapOpen(known) ? ('open' as const) : ('closed' as const);
  const nextCursor = cursorOf(rest.length > limit ? items.at(-1)?.id : undefined);
  return { status: 200, body: { items, nextCursor, bootstrap } };
}

async function add(call: OperatorCall<'POST /v1/operators'>, deps: Deps) {
  const { token, operator } = await addOperator(call.body, call, deps);
  return { status: 201, body: { token, operator: operatorViewOf(operator, undefined, call.now) } };
}

async function revoke(call: OperatorCall<'DELETE /v1/operators/{id}'>, deps: Deps) {
  await revokeOperator(call.params, call, deps);
  return { status: 204, body: null };
}

async function listHistory({ query }: OperatorCall<'GET /v1/operators/history'>, { history }: Deps) {
  const { lines, next } = await history.list({ limit: limitOf(query.limit), before: beforeVersion(query.cursor) });
  return { status: 200, body: { items: lines, nextCursor: cursorOf(next?.toString()) } };
}

/** The names of those that are in the list, and of those that were once. A line of the history may be written later than the list. */
async function listNames({ roster, history }: Pick<Deps, 'roster' | 'history'>) {
  const names = new Map<string, string>();
  let before: number | undefined;
  do {
    const { lines, next } = await history.list({ limit: 200, before });
    for (const { operator } of lines) if (operator) names.set(operator.id, operator.name);
    before = next;
  } while (before !== undefined);
  for (const { id, name } of (await roster.readRoster()).operators) names.set(id, name);
  return { status: 200, body: { items: [...names].map(([id, name]) => ({ id, name })) } };
}

export const apiOperators = (deps: Deps): RouteHandlers<'api-operators'> => ({
  'GET /v1/me': async ({ actor, now }) => ({
    status: 200,
    body: ownViewOf(actor, latestExpiryBy(actor, deps.oidcOperatorDays, now)),
  }),
  'GET /v1/operators': (call) => listOperators(call, deps),
  'POST /v1/operators': (call) => add(call, deps),
  'DELETE /v1/operators/{id}': (call) => revoke(call, deps),
  'GET /v1/operators/names': () => listNames(deps),
  'GET /v1/operators/history': (call) => listHistory(call, deps),
});

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const journal = fromEnvironment('JOURNAL_TABLE');
  return {
    roster: rosterTable(client, fromEnvironment('STATE_TABLE')),
    history: operatorHistoryTable(client, journal),
    uses: operatorUseTable(client, journal),
    newId: () => `op_${randomUUID()}`,
    newToken: () => generateToken('hlo'),
    oidcOperatorDays: optionalNumberFromEnvironment('OIDC_OPERATOR_DAYS') ?? 0,
  };
};

export const handler = httpHandler(operatorApi(apiOperators(lambdaDeps())));
