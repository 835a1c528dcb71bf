/** The answer to the question who one is. */

import { mayCall } from '../../ground/base/actor.ts';
import type { Identity } from '../operator/operator.ts';
import type { LatestExpiry } from '../operator/operator-expiry.ts';
import { deploymentActions, type OwnView } from '../operator/operator-view.ts';
import { type RouteKey, routes } from './routes.ts';

const routeOf = {
  createConnection: 'POST /v1/connections',
  createDestination: 'POST /v1/destinations',
  changeDestination: 'PATCH /v1/destinations/{name}',
  listOperators: 'GET /v1/operators',
  createOperator: 'POST /v1/operators',
  revokeOperator: 'DELETE /v1/operators/{id}',
} as const satisfies Record<(typeof deploymentActions)[number], RouteKey>;

/** @param latest the latest expiry that the operator may give to another, if the role allows it to add operators */
export function ownViewOf(identity: Identity, latest: LatestExpiry): OwnView {
  const allowedActions = deploymentActions.filter(
    (each) => mayCall(identity.role, routes[routeOf[each]]) && (each !== 'createOperator' || latest !== 'none'),
  );
  const isLimited = latest instanceof Date && allowedActions.includes('createOperator');
  return { ...identity, allowedActions, ...(isLimited && { latestOperatorExpiry: latest.toISOString() }) };
}
