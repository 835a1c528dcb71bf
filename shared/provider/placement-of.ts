/** Where senders that do not sign can put a token. */
import type { Placement } from '../credential/token-placement.ts';

/** Any header, with the whole of its value. */
/* @__NO_SIDE_EFFECTS__ */
export const inHeader = (name: string): Placement => ({ in: 'header', name });

const bearer: Placement = { in: 'header', name: 'authorization', scheme: 'Bearer' };
const query: Placement = { in: 'query', name: 'token' };

/** The user that an operator enters beside the token, where a sender knows Basic authentication alone. */
export const basic: Placement = { in: 'basic', username: 'hooklatch' };

/** For senders that can carry a URL and nothing else. */
export const inUrl: Placement[] = [query, { in: 'path' }];

/** For senders that set headers of the operator's choice. */
export const inHeaders: Placement[] = [bearer, { in: 'header', name: 'x-webhook-token' }];

/** For senders that set an Authorization header, with whatever is entered. */
export const inAuthorization: Placement[] = [bearer, { in: 'header', name: 'authorization' }];
