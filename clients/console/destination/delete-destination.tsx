/** Deletes a destination, after a question. */
import Checkbox from '@cloudscape-design/components/checkbox';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { useHealth } from '../deliveries/delivery-reads.ts';
import { useSend } from '../session/queries.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { useGoOn } from '../shell/page-link.tsx';
import { destinationsPath } from '../shell/page-paths.ts';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { text } from '../text.ts';
import { type DestinationAnswer, useRoutesTo } from './destination-record.ts';
import { useWhyNot } from './why-not.ts';

export function DeleteDestinationButton({ record }: { record: DestinationAnswer }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <ReasonedButton label={text.destination.remove.button} reason={useWhyNot()} onClick={() => setIsAsking(true)} />
      {isAsking && <DeleteDestinationDialog record={record} close={() => setIsAsking(false)} />}
    </>
  );
}

/** The rules that lead to the destination, and what waits for it. What can't be read is said, and the API has the last word. */
function WhatIsLost({ name }: { name: string }) {
  const routes = useRoutesTo(name);
  const health = useHealth(name);
  const words = text.destination.remove;
  const waiting = health.data?.waiting;
  return (
    <LiveRegion>
      {routes.data?.routes?.map(({ connection, rules }) => (
        <div key={connection}>{words.route(connection, text.destination.rules(rules))}</div>
      ))}
      {routes.data?.routes?.length === 0 && <div>{text.destination.noRoutes}</div>}
      {routes.error && !routes.data && <div>{words.routesUnread}</div>}
      {waiting && <div>{waiting.count > 0 ? words.waits(waiting.count, waiting.isMore) : words.nothingWaits}</div>}
      {health.error && !health.data && <div>{words.waitingUnread}</div>}
    </LiveRegion>
  );
}

/**
 * If routes lead to the destination, the API refuses at first and names their connections. The dialog offers to do it all the same.
 * A component of its own, so that it has forgotten a refusal when it is opened again.
 */
function DeleteDestinationDialog({
  record: { name, version },
  close,
}: {
  record: DestinationAnswer;
  close: () => void;
}) {
  const client = useQueryClient();
  const goOn = useGoOn();
  const [isForced, setIsForced] = useState(false);
  const isRouted = (useRoutesTo(name).data?.routes?.length ?? 0) > 0;
  const { mutate, isPending, error } = useSend(
    (api) =>
      api.call('DELETE /v1/destinations/{name}', {
        params: { name },
        query: isForced ? { force: 'true' } : {},
        ifMatch: version,
      }),
    () => {
      goOn(destinationsPath);
      client.removeQueries({ queryKey: ['destination', name] });
      return client.invalidateQueries({ queryKey: ['destinations'] });
    },
  );
  return (
    <ConfirmDialog
      title={text.destination.remove.title(name)}
      action={text.destination.remove.button}
      confirm={() => mutate()}
      dismiss={close}
      isBusy={isPending}
      error={error}
    >
      <SpaceBetween size="s">
        {text.destination.remove.body}
        <WhatIsLost name={name} />
        {(isForced || isRouted || (error instanceof ApiError && error.code === 'destination_in_use')) && (
          <Checkbox
            checked={isForced}
            description={text.destination.remove.forceNote}
            onChange={({ detail }) => setIsForced(detail.checked)}
          >
            {text.destination.remove.force}
          </Checkbox>
        )}
      </SpaceBetween>
    </ConfirmDialog>
  );
}
