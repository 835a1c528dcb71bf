/** Deletes a destination, after a question. */
import Checkbox from '@cloudscape-design/components/checkbox';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { useSend } from '../session/queries.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { useGoOn } from '../shell/page-link.tsx';
import { destinationsPath } from '../shell/page-paths.ts';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { text } from '../text.ts';
import type { DestinationAnswer } from './destination-record.ts';
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

/**
 * If routes lead to the destination, the API refuses at first and names their connections. Then the dialog offers to do it all the same.
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
      {text.destination.remove.body}
      {(isForced || (error instanceof ApiError && error.code === 'destination_in_use')) && (
        <Checkbox
          checked={isForced}
          description={text.destination.remove.forceNote}
          onChange={({ detail }) => setIsForced(detail.checked)}
        >
          {text.destination.remove.force}
        </Checkbox>
      )}
    </ConfirmDialog>
  );
}
