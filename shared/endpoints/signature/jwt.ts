/** A JWT (RFC 7519) as a request's signature. The scheme sets the algorithm; the token can't choose it. */
import { type FieldReader, fieldReader } from '../../ground/base/json-pointer.ts';
import { decodeExactly, type SignatureMethod } from './key.ts';
import type { JwtScheme } from './scheme.ts';
import {
  type ParsedSignature,
  type Signable,
  type SignatureRejection,
  signaturesIn,
  valuesAt,
} from './signed-message.ts';

export const jwtMethod = (scheme: JwtScheme): SignatureMethod =>
  scheme.algorithm === 'HS256'
    ? { kind: 'hmac', algorithm: 'sha256', key: scheme.key, encoding: 'base64url' }
    : { kind: 'publicKey', algorithm: 'rsa-sha256', key: scheme.key, encoding: 'base64url' };

const segmentReader = (segment: string): FieldReader =>
  fieldReader(decodeExactly(segment, 'base64url') ?? Buffer.alloc(0), 'application/json');

/** Whether the token has the audience and the issuer that the scheme demands. */
function isForAudience(read: FieldReader, { aud, iss }: JwtScheme): boolean {
  const audiences = [read('/aud')].flat();
  return (aud === undefined || audiences.includes(aud)) && (iss === undefined || read('/iss') === iss);
}

function jwtTimeRejection(read: FieldReader, tolerance: number, now: Date): SignatureRejection | undefined {
  const seconds = now.getTime() / 1000;
  const [expires, from, issued] = [read('/exp'), read('/nbf'), read('/iat')];
  if (expires === undefined) return 'timestamp_missing';
  if ([expires, from, issued].some((time) => time !== undefined && typeof time !== 'number'))
    return 'timestamp_malformed';
  if (seconds > Number(expires) + tolerance) return 'timestamp_too_old';
  return [from, issued].some((time) => Number(time ?? 0) > seconds + tolerance) ? 'timestamp_in_future' : undefined;
}

/**
 * Reads the token of a request. Rejects a token with `crit`: this header demands extensions, and no extension is
 * supported here.
 */
export function readJwt(scheme: JwtScheme, request: Signable): ParsedSignature | SignatureRejection {
  const [token, ...more] = valuesAt(scheme.token, request);
  if (!token) return 'signature_missing';
  const segments = token.split('.');
  if (more.length > 0 || segments.length !== 3) return 'signature_malformed';
  const [header, claims, signature] = segments as [string, string, string];
  const method = jwtMethod(scheme);
  const signatures = signaturesIn(method, [signature]);
  if (typeof signatures === 'string') return signatures;
  const head = segmentReader(header);
  if (head('/alg') !== scheme.algorithm || head('/crit') !== undefined) return 'signature_unsupported';
  const message = Buffer.from(`${header}.${claims}`);
  const read = segmentReader(claims);
  const refused = isForAudience(read, scheme)
    ? jwtTimeRejection(read, scheme.tolerance, request.now)
    : 'claim_mismatch';
  return refused ?? { method, checks: [{ signatures, messages: () => [message] }] };
}
