/** Wakes up for operators' requests about operators: lists, adds and revokes them, and says who one is. */
import { randomUUID } from 'node:crypto';
import { afterCursor, beforeVersion, cursorOf, limitOf } from '../shared/api/list-page.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/api/operator-api.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { Problem } from '../shared/base/problem.ts';
import { generateToken, tokenDigest } from '../shared/credential/token.ts';
import { operatorViewOf, ownViewOf } from '../shared/endpoint/operator-view.ts';
import {
  isBootstrapOpen,
  isExpired,
  maxOperators,
  type Operator,
  type Roster,
  type RosterConflict,
  withOperator,
  withoutOperator,
} from '../shared/endpoint/roster.ts';
import { type RosterTable, rosterTable } from '../shared/endpoint/roster-table.ts';
import { type RosterDecision, updateRoster } from '../shared/endpoint/roster-update.ts';
import {
  type OperatorHistoryTable,
  type OperatorUseTable,
  operatorHistoryTable,
  operatorUseTable,
} from '../shared/journal/operator-journal-table.ts';

export interface Deps {
  roster: RosterTable;
  history: Pick<OperatorHistoryTable, 'list'>;
  uses: Pick<OperatorUseTable, 'lastUses'>;
  newId(): string;
  newToken(): string;
}

type AnyCall = Pick<OperatorCall, 'operator' | 'requestId' | 'now'>;

const problemOf: Record<RosterConflict, () => Problem> = {
  operator_exists: () =>
    new Problem(
      409,
      'operator_exists',
      'An operator with this name exists. Choose another name, or revoke that operator first.',
    ),
  too_many_operators: () =>
    new Problem(
      409,
      'too_many_operators',
      `There are ${maxOperators} operators, which is the most. Revoke one that is expired or no longer used.`,
    ),
  operator_not_found: () =>
    new Problem(404, 'operator_not_found', 'There is no operator with this id. GET /v1/operators lists them.'),
  last_admin: () =>
    new Problem(
      409,
      'last_admin',
      'This is the last connection_admin without an expiry. Add another one first: POST /v1/operators.',
    ),
  operator_revoked: () => new Problem(403, 'operator_revoked', 'Your own token was revoked while this request ran.'),
  superseded: () =>
    new Problem(409, 'superseded', 'Other operators changed the list at the same time. Send the request again.'),
};

/**
 * Whether the operator of a request may still change the roster. The authorizer accepted the token before, but another
 * request can have revoked it since. A revoked admin must not add an operator.
 */
function isStillAllowed(roster: Roster, { operator: { id }, now }: AnyCall): boolean {
  if (id === 'bootstrap') return isBootstrapOpen(roster);
  // The token of an OpenID Connect issuer is not in the roster. It can't be revoked; it ends by itself.
  if (id.startsWith('oidc:')) return true;
  return roster.operators.some((each) => each.id === id && each.role === 'connection_admin' && !isExpired(each, now));
}

/** @throws 403, 404 or 409 as a problem, and then writes nothing */
async function changeRoster(call: AnyCall, { roster: table }: Deps, decide: (roster: Roster) => RosterDecision) {
  const decision = await updateRoster(table, call.requestId, (roster) =>
    isStillAllowed(roster, call) ? decide(roster) : { kind: 'refused', code: 'operator_revoked' },
  );
  if (decision.kind === 'refused') throw problemOf[decision.code]();
}

const actorOf = ({ operator, now }: AnyCall) => ({ by: operator.id, now });

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

async function addOperator(call: OperatorCall<'POST /v1/operators'>, deps: Deps) {
  const { name, role, expiresAt } = call.body;
  if (expiresAt !== undefined && Date.parse(expiresAt) <= call.now.getTime())
    throw new Problem(422, 'invalid_request', 'expiresAt must be in the future.');
  const token = deps.newToken();
  const operator: Operator = {
    id: deps.newId(),
    name,
    role,
    digest: tokenDigest(token).toString('hex'),
    createdAt: call.now.toISOString(),
    createdBy: call.operator.id,
    ...(expiresAt && { expiresAt: new Date(expiresAt).toISOString() }),
  };
  await changeRoster(call, deps, (roster) => withOperator(roster, operator, actorOf(call)));
  return { status: 201, body: { token, operator: operatorViewOf(operator, undefined, call.now) } };
}

async function revokeOperator(call: OperatorCall<'DELETE /v1/operators/{id}'>, deps: Deps) {
  const { id = '' } = call.params;
  await changeRoster(call, deps, (roster) => withoutOperator(roster, id, actorOf(call)));
  return { status: 204, body: null };
}

async function listHistory({ query }: OperatorCall<'GET /v1/operators/history'>, { history }: Deps) {
  const { lines, next } = await history.list({ limit: limitOf(query.limit), before: beforeVersion(query.cursor) });
  return { status: 200, body: { items: lines, nextCursor: cursorOf(next?.toString()) } };
}

export const apiOperators = (deps: Deps): RouteHandlers<'api-operators'> => ({
  'GET /v1/me': async ({ operator }) => ({ status: 200, body: ownViewOf(operator) }),
  'GET /v1/operators': (call) => listOperators(call, deps),
  'POST /v1/operators': (call) => addOperator(call, deps),
  'DELETE /v1/operators/{id}': (call) => revokeOperator(call, deps),
  'GET /v1/operators/history': (call) => listHistory(call, deps),
});

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const journal = fromEnvironment('journalTable');
  return {
    roster: rosterTable(client, fromEnvironment('stateTable')),
    history: operatorHistoryTable(client, journal),
    uses: operatorUseTable(client, journal),
    newId: () => `op_${randomUUID()}`,
    newToken: () => generateToken('hlo'),
  };
};

export const handler = operatorApi(apiOperators(lambdaDeps()));
