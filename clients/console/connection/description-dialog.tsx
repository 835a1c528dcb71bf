/** Edits what a person says about a connection. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSend } from '../session/queries.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { TextField } from '../shell/text-field.tsx';
import { text } from '../text.ts';
import type { ConnectionAnswer } from './connection-record.ts';
import { VerbButton } from './verb-button.tsx';

export function DescriptionButton({ record }: { record: ConnectionAnswer }) {
  const [isEditing, setIsEditing] = useState(false);
  return (
    <>
      <VerbButton record={record} verb="edit" label={text.description.button} onClick={() => setIsEditing(true)} />
      {isEditing && <DescriptionDialog record={record} close={() => setIsEditing(false)} />}
    </>
  );
}

/** A component of its own, so that it begins with the present description when it is opened again. */
function DescriptionDialog({ record, close }: { record: ConnectionAnswer; close: () => void }) {
  const [{ name, version, description: atFirst }] = useState(record);
  const [description, setDescription] = useState(atFirst);
  const client = useQueryClient();
  const { mutate, isPending, error } = useSend(
    (api) => api.call('PATCH /v1/connections/{name}', { params: { name }, body: { description }, ifMatch: version }),
    (view) => {
      client.setQueryData(['connection', name], view);
      void client.invalidateQueries({ queryKey: ['connections'] });
      close();
    },
  );
  return (
    <ConfirmDialog
      title={text.description.button}
      action={text.description.save}
      isBlocked={description === atFirst}
      isBusy={isPending}
      error={error}
      confirm={() => mutate()}
      dismiss={close}
    >
      <TextField label={text.create.description} value={description} setValue={setDescription} />
    </ConfirmDialog>
  );
}
