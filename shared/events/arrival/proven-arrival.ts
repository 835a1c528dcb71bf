/** Proves a webhook as its sender would: puts the token at its place, and signs. */
import type { SecretValue } from '../../endpoints/credential/secret-store.ts';
import type { Placement } from '../../endpoints/credential/token-placement.ts';
import type { Auth } from '../../endpoints/settings/auth.ts';
import type { Scheme } from '../../endpoints/signature/scheme.ts';
import type { Signable } from '../../endpoints/signature/signed-message.ts';
import { sign } from '../../endpoints/signature/signing.ts';
import { inBody, withHeader } from './sample-content.ts';

/** A webhook that is ready to be sent. `unsigned` is true if only the sender can sign it. */
export interface ProvenArrival {
  request: Signable;
  unsigned: boolean;
}

/** What a webhook is proved with. */
export interface Proof {
  auth: Auth;
  scheme: Scheme | undefined;
  /** The live value. Undefined if the sender signs with its own certificate. */
  value: SecretValue | undefined;
}

/** The URL with a pair at the end of its query. */
const withPair = (url: string, name: string, value: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}${encodeURIComponent(name)}=${encodeURIComponent(value)}`;

/** The URL with a segment at the end of its path. */
function withSegment(url: string, segment: string): string {
  const [path = '', ...query] = url.split('?');
  return [`${path}/${encodeURIComponent(segment)}`, ...query].join('?');
}

/** Puts the token where the endpoint accepts it. */
function withToken(request: Signable, placement: Placement, token: string): Signable {
  switch (placement.in) {
    case 'query':
      return { ...request, url: withPair(request.url, placement.name, token) };
    case 'path':
      return { ...request, url: withSegment(request.url, token) };
    case 'header':
      return withHeader(placement.name, placement.scheme ? `${placement.scheme} ${token}` : token)(request);
    case 'basic': {
      const credentials = Buffer.from(`${placement.username}:${token}`).toString('base64');
      return withHeader('authorization', `Basic ${credentials}`)(request);
    }
    case 'body':
      return inBody(placement.path, token)(request);
  }
}

/** The webhook with the token and the signature that the endpoint demands. */
export function provenArrival(content: Signable, { auth, scheme, value }: Proof): ProvenArrival {
  const placement = 'accept' in auth ? auth.accept[0] : undefined;
  const request = placement && value ? withToken(content, placement, value.token) : content;
  if (scheme === undefined) return { request, unsigned: false };
  const signed = value && sign(scheme, value.signingSecret ?? value.token, request);
  return { request: signed ?? request, unsigned: signed === undefined };
}
