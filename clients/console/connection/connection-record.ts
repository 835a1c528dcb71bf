/** A connection's record: how the pages read it, and how they change it. */
import type { QueryClient } from '@tanstack/react-query';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { type RecordChange, useRecordChange } from '../session/record-change.ts';

export type ConnectionAnswer = ApiAnswer<'GET /v1/connections/{name}'>;
export type EndpointAnswer = NonNullable<ConnectionAnswer['endpoint']>;
export type RevealedToken = ApiAnswer<'GET /v1/connections/{name}/endpoint/token'>;
export type ChangeOfConnection = RecordChange<ConnectionAnswer | RevealedToken>;

/** Whether who reads the connection may change it. */
export const isAdmin = ({ allowedActions }: Pick<ConnectionAnswer, 'allowedActions'>): boolean =>
  allowedActions.length > 0;

const keyOf = (name: string) => ['connection', name] as const;

export const useConnection = (name: string) =>
  useRead(keyOf(name), (api) => api.call('GET /v1/connections/{name}', { params: { name } }), {
    everyMs: refreshMs.record,
  });

export const connectionIn = (answer: ConnectionAnswer | RevealedToken): ConnectionAnswer =>
  'connection' in answer ? answer.connection : answer;

/** Shows the record of an answer from now on, and reads again what a change makes stale. */
function adopt(client: QueryClient, answer: ConnectionAnswer | RevealedToken): void {
  const record = connectionIn(answer);
  client.setQueryData(keyOf(record.name), record);
  void client.invalidateQueries({ queryKey: ['connections'] });
  void client.invalidateQueries({ queryKey: ['history', record.name] });
}

export const useChange = (name: string): ChangeOfConnection => useRecordChange(keyOf(name), adopt);
