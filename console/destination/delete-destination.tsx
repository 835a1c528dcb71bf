/** Deletes a destination, after a question. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSend } from '../session/queries.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { useGoOn } from '../shell/page-link.tsx';
import { destinationsPath } from '../shell/page-paths.ts';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { text } from '../text.ts';
import type { Destination } from './destination-record.ts';
import { useWhyNot } from './why-not.ts';

export function DeleteDestinationButton({ record }: { record: Destination }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <ReasonedButton label={text.destination.remove.button} reason={useWhyNot()} onClick={() => setIsAsking(true)} />
      {isAsking && <DeleteDestinationDialog record={record} close={() => setIsAsking(false)} />}
    </>
  );
}

/** A component of its own, so that it has forgotten a refusal when it is opened again. */
function DeleteDestinationDialog({ record: { name, version }, close }: { record: Destination; close: () => void }) {
  const client = useQueryClient();
  const goOn = useGoOn();
  const { mutate, isPending, error } = useSend(
    (api) => api.call('DELETE /v1/destinations/{name}', { params: { name }, ifMatch: version }),
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
    </ConfirmDialog>
  );
}
