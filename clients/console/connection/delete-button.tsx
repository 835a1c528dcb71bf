/** Deletes a connection that has no endpoint, after a question. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSend } from '../session/queries.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { useGoOn } from '../shell/page-link.tsx';
import { connectionsPath } from '../shell/page-paths.ts';
import { text } from '../text.ts';
import type { ConnectionAnswer } from './connection-record.ts';
import { VerbButton } from './verb-button.tsx';

export function DeleteButton({ record }: { record: ConnectionAnswer }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <VerbButton record={record} verb="delete" label={text.remove.button} onClick={() => setIsAsking(true)} />
      {isAsking && <DeleteDialog record={record} close={() => setIsAsking(false)} />}
    </>
  );
}

/** Asks first. A component of its own, so that it has forgotten a refusal when it is opened again. */
function DeleteDialog({ record: { name, version }, close }: { record: ConnectionAnswer; close: () => void }) {
  const client = useQueryClient();
  const goOn = useGoOn();
  const { mutate, isPending, error } = useSend(
    (api) => api.call('DELETE /v1/connections/{name}', { params: { name }, ifMatch: version }),
    () => {
      goOn(connectionsPath);
      client.removeQueries({ queryKey: ['connection', name] });
      return client.invalidateQueries({ queryKey: ['connections'] });
    },
  );
  return (
    <ConfirmDialog
      title={text.remove.title(name)}
      action={text.remove.button}
      confirm={() => mutate()}
      dismiss={close}
      isBusy={isPending}
      error={error}
    >
      {text.remove.body}
    </ConfirmDialog>
  );
}
