/** Where senders commonly put a token. */
import type { Placement } from '../credential/token-placement.ts';

const bearer: Placement = { in: 'header', name: 'authorization', scheme: 'Bearer' };
const query: Placement = { in: 'query', name: 'token' };

/** The placements where a token is accepted if neither the operator nor the provider says. */
export const defaultAccept: readonly Placement[] = [bearer, query];

/** For senders that offer Basic authentication. The operator enters this user, and the token as its password. */
export const basic: Placement = { in: 'basic', username: 'hooklatch' };

/** For senders where the operator can enter only a URL. */
export const inUrl: Placement[] = [query, { in: 'path' }];

/** For senders where the operator can enter any header. */
export const inHeaders: Placement[] = [bearer, { in: 'header', name: 'x-webhook-token' }];

/** For senders where the operator can enter the value of the Authorization header. */
export const inAuthorization: Placement[] = [bearer, { in: 'header', name: 'authorization' }];
