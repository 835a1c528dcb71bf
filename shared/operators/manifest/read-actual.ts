/** Reads what is there of what a file names, and of what it manages. */

import type { DestinationView } from '../../deliveries/destination/destination-view.ts';
import { fileManagerOf, type ManagedBy } from '../../endpoints/endpoint/managed-by.ts';
import { inParallel } from '../../ground/base/parallel.ts';
import type { ApiClient } from '../api/api-client.ts';
import { ApiError } from '../api/api-error.ts';
import { wholeList } from '../api/whole-list.ts';
import type { Actual } from './actual.ts';
import type { ActualConnection } from './connection-case.ts';
import type { Manifest } from './manifest.ts';

/** Requests at a time. */
const atOnce = 4;

/** What an answer shows. Undefined if there is no such thing. */
async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/** The names to read: lists are eventually consistent, so each is read by itself. */
const namesToRead = (
  file: string,
  named: object,
  listed: readonly { name: string; managedBy?: ManagedBy | undefined }[],
): string[] => [
  ...new Set([
    ...Object.keys(named),
    ...listed.filter((each) => fileManagerOf(each)?.name === file).map(({ name }) => name),
  ]),
];

const found = <T>(names: readonly string[], read: readonly (T | undefined)[]): Map<string, T> =>
  new Map(names.flatMap((name, at) => (read[at] === undefined ? [] : [[name, read[at]] as [string, T]])));

async function readConnection(api: ApiClient, manifest: Manifest, name: string): Promise<ActualConnection | undefined> {
  const request = { params: { name } };
  const view = await unlessMissing(api.call('GET /v1/connections/{name}', request));
  if (!view) return undefined;
  if (manifest.connections[name]?.routes === undefined) return { view };
  const routes = await unlessMissing(api.call('GET /v1/connections/{name}/routes', request));
  return { view, ...(routes && { routes }) };
}

export async function readActual(api: ApiClient, manifest: Manifest): Promise<Actual> {
  const { role } = await api.call('GET /v1/me');
  const listed = await wholeList((query) => api.call('GET /v1/connections', { query }));
  const names = namesToRead(manifest.name, manifest.connections, listed);
  const connections = await inParallel(names, atOnce, (name) => readConnection(api, manifest, name));
  const listedDestinations = await wholeList((query) => api.call('GET /v1/destinations', { query }));
  const own = namesToRead(manifest.name, manifest.destinations, listedDestinations);
  const destinations = await inParallel(own, atOnce, (name) =>
    unlessMissing(api.call('GET /v1/destinations/{name}', { params: { name } })),
  );
  const others = listedDestinations.filter(({ name }) => !own.includes(name));
  return {
    showsReferences: role === 'connection_admin',
    connections: found(names, connections),
    destinations: new Map<string, DestinationView>([
      ...others.map((view): [string, DestinationView] => [view.name, view]),
      ...found(own, destinations),
    ]),
  };
}
