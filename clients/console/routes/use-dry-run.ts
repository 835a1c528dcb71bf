/** The dry run of rules on an event: what is tried, and what came of it. */
import { useState } from 'react';
import type { ApiAnswer, ApiBody } from '../../../shared/operators/api/api-client.ts';
import { refreshMs } from '../poll-interval.ts';
import { routesText } from '../routes-text.ts';
import { useRead, useSend } from '../session/queries.tsx';
import { jsonObjectIn } from '../shell/json-object.ts';
import { refusedAt } from '../shell/refused-fields.ts';
import type { RoutesBody } from './routes-fields.ts';

export type Trial = ApiAnswer<'POST /v1/connections/{name}/routes/test'>;
type TrialBody = ApiBody<'POST /v1/connections/{name}/routes/test'>;

export type Source = keyof typeof routesText.dryRun.sources;

/** The event that a person tries first without one that is stored. */
const firstGiven = `{
  "type": "order.paid",
  "headers": {},
  "data": { "id": 7 }
}`;

/** The newest events of a connection. */
const useLatestEvents = (name: string) =>
  useRead(
    ['latest events', name],
    (api) => api.call('GET /v1/connections/{name}/events', { params: { name }, query: { limit: '20' } }),
    { everyMs: refreshMs.release },
  );

/** What the API finds wrong with the event that a person wrote. Undefined if the error is about something else. */
const refusedEvent = (error: unknown): string | undefined =>
  refusedAt(error, ({ pointer = '', path }) =>
    /^\/event(\/|$)/.test(pointer)
      ? { field: 'event', subject: path.replace(/^event\.?/, '') || routesText.it }
      : undefined,
  ).event;

/** @param firstId the event that is chosen at first. By default the newest */
export function useDryRun(name: string, firstId: string | undefined) {
  const latest = useLatestEvents(name);
  const [chosenId, setChosenId] = useState(firstId);
  const [chosenSource, setSource] = useState<Source>();
  const [given, setGiven] = useState(firstGiven);
  const [isWrong, setIsWrong] = useState(false);
  const [tried, setTried] = useState<string>();
  const send = useSend((api, body: TrialBody) =>
    api.call('POST /v1/connections/{name}/routes/test', { params: { name }, body }),
  );
  const eventId = chosenId ?? latest.data?.items[0]?.id;
  const isNone = eventId === undefined && latest.data !== undefined;
  const source = chosenSource ?? (isNone ? 'given' : 'stored');
  const wrongEvent = source === 'stored' ? routesText.dryRun.noEvent : routesText.dryRun.givenError;
  const eventError = isWrong ? wrongEvent : refusedEvent(send.error);

  const bodyWith = (routes: RoutesBody | undefined): TrialBody | undefined => {
    const more = routes && { routes };
    if (source === 'stored') return eventId === undefined ? undefined : { eventId, ...more };
    const event = jsonObjectIn(given);
    return event && { event, ...more };
  };

  const forgetError = () => {
    setIsWrong(false);
    if (eventError !== undefined) send.reset();
  };

  return {
    latest,
    eventId,
    source,
    given,
    /** What is wrong with the event. */
    eventError,
    /** Why the dry run did not work, apart from what is wrong with the event. */
    error: eventError === undefined ? send.error : undefined,
    result: send.data,
    /** Also while the event that would be tried is not known yet. */
    isBusy: send.isPending || (source === 'stored' && eventId === undefined && latest.isPending),
    /** Whether something else would be tried now than was tried. */
    isStale: (routes: RoutesBody | undefined) => send.data !== undefined && JSON.stringify(bodyWith(routes)) !== tried,
    clear: send.reset,
    choose(id: string | undefined) {
      setChosenId(id);
      forgetError();
    },
    setSource(next: Source) {
      setSource(next);
      forgetError();
    },
    enter(json: string) {
      setGiven(json);
      forgetError();
    },
    /** @param routes the list that is not saved. Without it, the rules in force are tried */
    run(routes?: RoutesBody) {
      const body = bodyWith(routes);
      setIsWrong(body === undefined);
      if (!body) return;
      // The newest event may be another one in a moment.
      setChosenId(eventId);
      setTried(JSON.stringify(body));
      send.mutate(body);
    },
  };
}

export type DryRun = ReturnType<typeof useDryRun>;
