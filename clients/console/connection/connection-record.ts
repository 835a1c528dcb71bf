/** A connection's record: how the pages read it, and how they change it. */
import type { QueryClient } from '@tanstack/react-query';
import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { type RecordChange, useRecordChange } from '../session/record-change.ts';

export type Connection = ApiAnswer<'GET /v1/connections/{name}'>;
export type Endpoint = NonNullable<Connection['endpoint']>;
export type TokenAnswer = ApiAnswer<'GET /v1/connections/{name}/endpoint/token'>;
export type Change = RecordChange<Connection | TokenAnswer>;

/** Whether who reads the connection may change it. */
export const isAdmin = ({ allowedActions }: Pick<Connection, 'allowedActions'>): boolean => allowedActions.length > 0;

const keyOf = (name: string) => ['connection', name] as const;

export const useConnection = (name: string) =>
  useRead(keyOf(name), (api) => api.call('GET /v1/connections/{name}', { params: { name } }), {
    everyMs: refreshMs.record,
  });

export const recordIn = (answer: Connection | TokenAnswer): Connection =>
  'connection' in answer ? answer.connection : answer;

/** Shows the record of an answer from now on, and reads again what a change makes stale. */
function adopt(client: QueryClient, answer: Connection | TokenAnswer): void {
  const record = recordIn(answer);
  client.setQueryData(keyOf(record.name), record);
  void client.invalidateQueries({ queryKey: ['connections'] });
  void client.invalidateQueries({ queryKey: ['history', record.name] });
}

export const useChange = (name: string): Change => useRecordChange(keyOf(name), adopt);
