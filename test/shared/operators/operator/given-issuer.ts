/** An OpenID Connect issuer on this machine: its keys, its two documents, and tokens that it or somebody else signs. */
import { createSign, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GivenKey {
  kid: string;
  alg: string;
  privateKey: KeyObject;
  jwk: Record<string, unknown>;
}

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

const pairs = {
  RS256: rsa,
  RS384: rsa,
  RS512: rsa,
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ES512: () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};

export const aKey = (kid: string, alg: keyof typeof pairs = 'ES256'): GivenKey => published(kid, alg, pairs[alg]());

/** An RSA key of another length. @param bits its length */
export const anRsaKey = (kid: string, alg: 'RS256' | 'RS384' | 'RS512', bits: number): GivenKey =>
  published(kid, alg, generateKeyPairSync('rsa', { modulusLength: bits }));

function published(
  kid: string,
  alg: string,
  { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject },
): GivenKey {
  return { kid, alg, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' } };
}

const segment = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const nowInSeconds = (): number => Math.floor(Date.now() / 1000);

/** A signed token. Made with node:crypto alone, so it shares no code with what reads it. */
export function aJwt({ kid, alg, privateKey }: GivenKey, claims: object, header: object = {}): string {
  const signed = `${segment({ alg, typ: 'JWT', kid, ...header })}.${segment(claims)}`;
  const ecdsa = { key: privateKey, dsaEncoding: 'ieee-p1363' as const };
  const signature =
    alg === 'EdDSA'
      ? sign(null, Buffer.from(signed), privateKey)
      : createSign(`sha${alg.slice(2)}`)
          .update(signed)
          .sign(ecdsa);
  return `${signed}.${signature.toString('base64url')}`;
}

/** A token with any header and any signature. */
export const aForgedJwt = (header: object, claims: object, signature = 'AAAA'): string =>
  `${segment(header)}.${segment(claims)}.${signature}`;

export interface GivenIssuer {
  issuer: string;
  /** The keys that it publishes now. */
  keys: GivenKey[];
  /** The paths that were fetched, in order. */
  fetched: string[];
  /** Instead of the keys: the answer to each request. */
  broken: { status: number; body?: string; headers?: Record<string, string> } | undefined;
  /** Changes the discovery document. */
  discovery: object;
  claims(more?: object): object;
  end(): Promise<void>;
}

/** Starts an issuer with one key. Its tokens are for the audience `hooklatch`. */
export async function anIssuer(): Promise<GivenIssuer> {
  const server = createServer((request, response) => {
    given.fetched.push(request.url ?? '');
    const { status = 200, body, headers = {} } = given.broken ?? {};
    const documents: Record<string, object> = {
      '/.well-known/openid-configuration': {
        issuer: given.issuer,
        jwks_uri: `${given.issuer}/keys`,
        ...given.discovery,
      },
      '/keys': { keys: given.keys.map(({ jwk }) => jwk) },
    };
    const document = documents[request.url ?? ''];
    response.writeHead(document ? status : 404, headers).end(body ?? JSON.stringify(document ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const given: GivenIssuer = {
    issuer,
    keys: [aKey('key-1')],
    fetched: [],
    broken: undefined,
    discovery: {},
    claims: (more = {}) => ({
      iss: issuer,
      aud: 'hooklatch',
      sub: 'ada',
      groups: ['platform'],
      exp: nowInSeconds() + 300,
      ...more,
    }),
    end() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return given;
}
