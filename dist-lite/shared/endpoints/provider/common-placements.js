const bearer = { in: 'header', name: 'authorization', scheme: 'Bearer' };
const query = { in: 'query', name: 'token' };
/** The placements where a token is accepted if neither the operator nor the provider says. */
export const defaultAccept = [bearer, query];
/** For senders that offer Basic authentication. The operator enters this user, and the token as its password. */
export const basic = { in: 'basic', username: 'hooklatch' };
/** For senders where the operator can enter only a URL. */
export const inUrl = [query, { in: 'path' }];
/** For senders where the operator can enter any header. */
export const inHeaders = [bearer, { in: 'header', name: 'x-webhook-token' }];
/** For senders where the operator can enter the value of the Authorization header. */
export const inAuthorization = [bearer, { in: 'header', name: 'authorization' }];
