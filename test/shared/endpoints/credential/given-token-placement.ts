/** Placements, tokens and requests with tokens, for property tests. */
import fc from 'fast-check';
import { generateToken } from '../../../../shared/endpoints/credential/token.ts';
import type { Placement, RequestHead } from '../../../../shared/endpoints/credential/token-placement.ts';

/** Tokens that Hooklatch generated. */
export const issued = fc
  .tuple(fc.constantFrom('hle' as const, 'hlo' as const), fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([kind, random]) => generateToken(kind, random));

/** Token values that a sender can choose. */
export const values = fc.string({ unit: 'grapheme-ascii', minLength: 12, size: 'max', maxLength: 40 });

const names = fc.string({ minLength: 1, size: 'max', maxLength: 12, unit: 'grapheme' });
const headerNames = fc.constantFrom('x-token', 'authorization', 'x-api-key', 'referer', 'constructor', '__proto__');

export const placements = fc.oneof(
  fc.record({ in: fc.constant('query' as const), name: names }),
  fc.record({ in: fc.constant('path' as const) }),
  fc.record({ in: fc.constant('header' as const), name: headerNames }),
  fc.record({ in: fc.constant('header' as const), name: headerNames, scheme: fc.constantFrom('Bearer', 'Token') }),
  fc.record({ in: fc.constant('basic' as const), username: fc.constantFrom('hook', 'a&b=c%') }),
);

const encode = encodeURIComponent;

/** Headers as API Gateway passes them: every name is an own property. */
const headersOf = (...entries: [string, string][]): Record<string, string> => Object.fromEntries(entries);

/** A request with this value at the placement, and other texts elsewhere. */
export function carrying(placement: Placement, value: string, noise: string): RequestHead {
  const basic = Buffer.from(`${'username' in placement ? placement.username : ''}:${value}`).toString('base64');
  const header: Record<string, () => [string, string][]> = {
    header: () => [
      ['name' in placement ? placement.name : '', 'scheme' in placement ? `${placement.scheme} ${value}` : value],
    ],
    basic: () => [['authorization', `Basic ${basic}`]],
  };
  // A parameter that comes twice presents nothing, so the noise is in another one.
  const other = placement.in === 'query' && placement.name === 'n' ? 'm' : 'n';
  const query =
    placement.in === 'query' ? `${other}=${encode(noise)}&${encode(placement.name)}=${encode(value)}` : 'n=1';
  return {
    headers: headersOf(['user-agent', 'test'], ...(header[placement.in]?.() ?? [])),
    rawQueryString: query,
    rest: placement.in === 'path' ? `first/${value}` : undefined,
  };
}
