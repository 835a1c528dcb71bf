/** The signing keys of an OpenID Connect issuer: fetched when a token needs them, and cached. */

import type { Jwk } from 'aws-jwt-verify/jwk';
import { fetchPublicFile } from '../../endpoints/signature/fetch-public-file.ts';
import type { Log } from '../../ground/aws/logger.ts';
import { parseJson } from '../../ground/base/parse-json.ts';
import type { FetchFile } from '../../ground/outbound/public-file-fetch.ts';
import { isSafeIssuerUrl } from './oidc-settings.ts';

/** How long keys are cached. A key that the issuer withdrew is trusted no longer than this. */
const keysCacheMs = 3_600_000;

/**
 * The shortest time between two fetches of a function instance. Tokens with invented key ids can't cause more fetches, and a new
 * key of the issuer works after this time at the latest.
 */
const fetchIntervalMs = 10_000;

/** The keys can't be had now, so nobody knows whether a token is valid. */
export class OidcKeysUnavailable extends Error {
  override name = 'OidcKeysUnavailable';
}

export interface KeyDeps {
  fetch: FetchFile;
  now(): Date;
  log: Log;
}

interface KeySource {
  issuer: string;
  /** Where the keys are. Without it, the issuer's discovery document says so. */
  jwksUri?: string | undefined;
}

/**
 * The keys with an id, which may be none. Usually there is one, but an issuer may use an id twice.
 * @throws OidcKeysUnavailable if the keys are not cached and can't be fetched
 */
export type FindKeys = (kid: string) => Promise<Jwk[]>;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

async function fetchJson(fetch: KeyDeps['fetch'], url: string): Promise<Record<string, unknown>> {
  const file = await fetchPublicFile(fetch, url);
  if (file === 'absent') throw new Error('does not exist or is too large');
  const document = parseJson(file.toString('utf8'));
  if (!isObject(document)) throw new Error('is not a JSON object');
  return document;
}

const isHttps = (url: string): boolean => url.startsWith('https:');

/** Reads where the keys are from the issuer's discovery document (OpenID Connect Discovery 1.0). */
async function discover(fetch: KeyDeps['fetch'], issuer: string, url: string): Promise<string> {
  const { issuer: named, jwks_uri: uri } = await fetchJson(fetch, url);
  if (named !== issuer) throw new Error('names another issuer');
  const isSafe = typeof uri === 'string' && isSafeIssuerUrl(uri) && !(isHttps(issuer) && !isHttps(uri));
  if (!isSafe) throw new Error('names no https URL of keys');
  return uri;
}

const discoveryUrlOf = (issuer: string): string => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;

/** Creates the cache of one function instance. */
export function issuerKeys({ issuer, jwksUri }: KeySource, { fetch, now, log }: KeyDeps): FindKeys {
  let cached: { keys: Jwk[]; until: number } = { keys: [], until: 0 };
  let fault: OidcKeysUnavailable | undefined;
  let nextFetchAt = 0;
  let ongoing: Promise<void> | undefined;

  async function fetchKeys(): Promise<void> {
    let url = jwksUri ?? discoveryUrlOf(issuer);
    try {
      if (jwksUri === undefined) url = await discover(fetch, issuer, url);
      const { keys } = await fetchJson(fetch, url);
      if (!Array.isArray(keys)) throw new Error('is not a set of keys');
      cached = { keys: keys.filter(isObject) as Jwk[], until: now().getTime() + keysCacheMs };
      fault = undefined;
    } catch (error) {
      const { name, message } = error as Error;
      log({ outcome: 'failed', reason: 'oidc_keys_unavailable', url, fault: `${name}: ${message}` }, 'error');
      fault = new OidcKeysUnavailable(`${url} can't be read`);
    }
  }

  /** Fetches the keys, unless that was tried a moment ago. */
  async function refresh(): Promise<void> {
    if (ongoing === undefined && now().getTime() >= nextFetchAt) {
      nextFetchAt = now().getTime() + fetchIntervalMs;
      ongoing = fetchKeys().finally(() => {
        ongoing = undefined;
      });
    }
    await ongoing;
    if (fault) throw fault;
  }

  const find = (kid: string): Jwk[] =>
    now().getTime() < cached.until ? cached.keys.filter((key) => key.kid === kid) : [];

  return async (kid) => {
    const found = find(kid);
    if (found.length > 0) return found;
    await refresh();
    return find(kid);
  };
}
