/** Reads how destinations are, by a client of the API. */
import { inParallel } from '../../ground/base/parallel.ts';
import type { ObservedDestination } from '../journal/attention.ts';
import type { ApiAnswer, ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';

/** The most destinations of which the health is read at once. */
const mostRead = 50;
/** How many of them are read at a time. */
const atOnce = 6;

type Listed = ApiAnswer<'GET /v1/destinations'>['items'][number];

/** The health of a destination. Undefined if it is deleted meanwhile. */
const healthOf = (api: ApiClient, name: string) =>
  api.call('GET /v1/destinations/{name}/health', { params: { name } }).catch((error) => {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  });

/**
 * Reads the health of the first few of these.
 * @returns what was read, and how many were not looked at
 */
export async function observeDestinations<D extends Pick<Listed, 'name'>>(
  api: ApiClient,
  destinations: readonly D[],
  most = mostRead,
): Promise<{ observed: (ObservedDestination & { destination: D })[]; skipped: number }> {
  const read = await inParallel(destinations.slice(0, most), atOnce, async (destination) => {
    const health = await healthOf(api, destination.name);
    return health ? [{ destination, health }] : [];
  });
  return { observed: read.flat(), skipped: Math.max(0, destinations.length - most) };
}
