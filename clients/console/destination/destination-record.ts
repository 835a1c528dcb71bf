/** A destination's record: how the pages read it, and how they change it. */
import type { QueryClient } from '@tanstack/react-query';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { type RecordChange, useRecordChange } from '../session/record-change.ts';

export type DestinationAnswer = ApiAnswer<'GET /v1/destinations/{name}'>;
type SigningSecrets = ApiAnswer<'GET /v1/destinations/{name}/secret'>;
export type TestAnswer = ApiAnswer<'POST /v1/destinations/{name}/test'>;

type Answers = DestinationAnswer | SigningSecrets | TestAnswer;
export type ChangeOfDestination = RecordChange<Answers>;

const keyOf = (name: string) => ['destination', name] as const;

export const useDestination = (name: string) =>
  useRead(keyOf(name), (api) => api.call('GET /v1/destinations/{name}', { params: { name } }), {
    everyMs: refreshMs.record,
  });

/** The rules of connections that lead to a destination. */
export const useRoutesTo = (name: string) =>
  useRead([...keyOf(name), 'routes'], (api) =>
    api.call('GET /v1/destinations/{name}', { params: { name }, query: { include: 'routes' } }),
  );

/** Shows this record from now on, and reads again what a change makes stale. */
export function adoptDestination(client: QueryClient, record: DestinationAnswer): void {
  client.setQueryData(keyOf(record.name), record);
  void client.invalidateQueries({ queryKey: [...keyOf(record.name), 'health'] });
  void client.invalidateQueries({ queryKey: ['destinations'] });
  void client.invalidateQueries({ queryKey: ['destination history', record.name] });
}

export const useDestinationChange = (name: string): ChangeOfDestination =>
  useRecordChange<Answers>(keyOf(name), (client, answer) => {
    if ('signing' in answer) adoptDestination(client, answer);
    // A secret comes without the record, whose version its reveal has raised.
    else void client.invalidateQueries({ queryKey: keyOf(name) });
  });
