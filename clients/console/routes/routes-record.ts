/** The routes of a connection: how the pages read them, and how they change them. */
import type { QueryClient } from '@tanstack/react-query';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { isOld, type RecordChange, useRecordChange } from '../session/record-change.ts';
import { isSameList, type RoutesBody, type RoutesRecord } from './routes-fields.ts';

const keyOf = (name: string) => ['routes', name] as const;

/** The path of the tab, and of the form. */
export const routesPath = (name: string, part = ''): string => `/connections/${encodeURIComponent(name)}/routes${part}`;

const read = (api: ApiClient, name: string): Promise<RoutesRecord> =>
  api.call('GET /v1/connections/{name}/routes', { params: { name } });

export const useRoutes = (name: string) =>
  useRead(keyOf(name), (api) => read(api, name), { everyMs: refreshMs.release });

/** Shows this list from now on, and reads again what a change makes stale. */
function adopt(client: QueryClient, name: string, routes: RoutesRecord): void {
  client.setQueryData(keyOf(name), routes);
  void client.invalidateQueries({ queryKey: ['connection', name] });
  void client.invalidateQueries({ queryKey: ['history', name] });
}

export const useRoutesChange = (name: string): RecordChange<RoutesRecord> =>
  useRecordChange<RoutesRecord>(keyOf(name), (client, routes) => adopt(client, name, routes));

/**
 * Replaces the list that was read.
 * @throws if somebody has changed it since. The version is the record's, so another change of the connection raises it too: that is none
 * of the list, and the request is sent again
 */
export async function replaceRoutes(
  api: ApiClient,
  name: string,
  body: RoutesBody,
  before: RoutesRecord,
): Promise<RoutesRecord> {
  const put = ({ version }: RoutesRecord) =>
    api.call('PUT /v1/connections/{name}/routes', { params: { name }, body, ifMatch: version });
  try {
    return await put(before);
  } catch (refusal) {
    if (!isOld(refusal)) throw refusal;
    const now = await read(api, name);
    if (!isSameList(now, before)) throw refusal;
    return put(now);
  }
}
