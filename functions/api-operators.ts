/** Wakes up for operators' requests about operators: lists, adds and revokes them, and says who one is. */
import { randomUUID } from 'node:crypto';
import { afterCursor, beforeVersion, cursorOf, limitOf } from '../shared/api/list-page.ts';
import { type OperatorCall, operatorApi, type RouteHandlers } from '../shared/api/operator-api.ts';
import { ownViewOf } from '../shared/api/own-view.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment, optionalNumberFromEnvironment } from '../shared/aws/environment.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { Problem } from '../shared/base/problem.ts';
import { generateToken, tokenDigest } from '../shared/credential/token.ts';
import {
  type OperatorHistoryTable,
  type OperatorUseTable,
  operatorHistoryTable,
  operatorUseTable,
} from '../shared/journal/operator-journal-table.ts';
import { type Adder, isEarlyEnough, isOfIssuer, latestExpiryBy } from '../shared/operator/operator-expiry.ts';
import { operatorViewOf } from '../shared/operator/operator-view.ts';
import {
  isBootstrapOpen,
  isExpired,
  maxOperators,
  type Operator,
  type Roster,
  type RosterConflict,
  withOperator,
  withoutOperator,
} from '../shared/operator/roster.ts';
import { type RosterTable, rosterTable } from '../shared/operator/roster-table.ts';
import { type RosterDecision, updateRoster } from '../shared/operator/roster-update.ts';

export interface Deps {
  roster: RosterTable;
  history: Pick<OperatorHistoryTable, 'list'>;
  uses: Pick<OperatorUseTable, 'lastUses'>;
  newId(): string;
  newToken(): string;
  /** For how many days an admin of an OpenID Connect issuer may add operators; 0 for none. */
  oidcOperatorDays: number;
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
 * The operator of a request, if it may still change the roster. The authorizer accepted the token before, but another
 * request can have revoked it since. A revoked admin must not add an operator.
 */
function presentOperator(roster: Roster, { operator, now }: AnyCall): Adder | undefined {
  if (operator.id === 'bootstrap') return isBootstrapOpen(roster) ? operator : undefined;
  // The token of an OpenID Connect issuer is not in the roster. It can't be revoked; it ends by itself.
  if (isOfIssuer(operator)) return operator;
  return roster.operators.find(
    (each) => each.id === operator.id && each.role === 'connection_admin' && !isExpired(each, now),
  );
}

/** @throws 403, 404, 409 or 422 as a problem, and then writes nothing */
async function changeRoster(
  call: AnyCall,
  { roster: table }: Deps,
  decide: (roster: Roster, by: Adder) => RosterDecision,
) {
  const decision = await updateRoster(table, call.requestId, (roster) => {
    const by = presentOperator(roster, call);
    return by ? decide(roster, by) : { kind: 'refused', code: 'operator_revoked' };
  });
  if (decision.kind === 'refused') throw problemOf[decision.code]();
}

/**
 * Refuses an operator who would stay longer than the one who adds it may give.
 * @throws 403 if that one may add nobody, 422 for an expiry that is too late
 */
function checkExpiry(by: Adder, { expiresAt }: Operator, { oidcOperatorDays }: Deps, now: Date): void {
  const latest = latestExpiryBy(by, oidcOperatorDays, now);
  if (latest === 'none')
    throw new Problem(
      403,
      'oidc_operators_not_allowed',
      'In this deployment, an admin of an OpenID Connect issuer adds no operators. Send the token of an operator with the role connection_admin, or deploy with the setting oidcOperatorDays.',
    );
  if (latest === 'unlimited' || isEarlyEnough(expiresAt, latest)) return;
  const latestExpiry = latest.toISOString();
  const why = isOfIssuer(by) ? `: the setting oidcOperatorDays is ${oidcOperatorDays}` : ', when your own token ends';
  throw new Problem(
    422,
    'expiry_too_late',
    `expiresAt must be ${latestExpiry} at the latest${why}. Only an admin without an expiry adds operators that stay longer.`,
    { latestExpiry },
  );
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
  await changeRoster(call, deps, (roster, by) => {
    checkExpiry(by, operator, deps, call.now);
    return withOperator(roster, operator, actorOf(call));
  });
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
  'GET /v1/me': async ({ operator, now }) => ({
    status: 200,
    body: ownViewOf(operator, latestExpiryBy(operator, deps.oidcOperatorDays, now)),
  }),
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
    oidcOperatorDays: optionalNumberFromEnvironment('oidcOperatorDays') ?? 0,
  };
};

export const handler = httpHandler(operatorApi(apiOperators(lambdaDeps())));
