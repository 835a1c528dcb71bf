/** Sends a sample to the endpoint, and then by the routes: what a person does first with a new route. */
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { useConnection } from '../connection/connection-record.ts';
import { whyDisabled } from '../connection/why-disabled.ts';
import { routesText } from '../routes-text.ts';
import { useSend } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { useGoOn } from '../shell/page-link.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';

/**
 * Tests the endpoint, and replays the event of the test, because a test alone goes to no destination.
 * @returns the id of the event. Null if the endpoint did not take the sample
 */
async function sendTestEvent(api: ApiClient, name: string): Promise<string | null> {
  const { eventId } = await api.call('POST /v1/connections/{name}/endpoint/test', { params: { name } });
  if (eventId !== null)
    await api.call('POST /v1/connections/{name}/events/{id}/replay', { params: { name, id: eventId } });
  return eventId;
}

/** The button, and why the last press did not work. */
export function useTestEvent(name: string) {
  const { data: record } = useConnection(name);
  const { me } = useSession();
  const goOn = useGoOn();
  const { mutate, isPending, error, data } = useSend(
    (api) => sendTestEvent(api, name),
    // The page of the event shows its deliveries. That of the endpoint tests it step by step.
    (id) => id !== null && goOn(`/connections/${name}/events/${id}`),
  );
  const button = (
    <ReasonedButton
      label={routesText.send}
      reason={record && whyDisabled(record, me.role, 'test')}
      loading={isPending}
      onClick={mutate}
    />
  );
  return { button, error, isNotTaken: data === null };
}
