/** Edits what a person says about a connection. */
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSend } from '../session/queries.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { text } from '../text.ts';
import type { Connection } from './connection-record.ts';
import { VerbButton } from './verb-button.tsx';

export function DescriptionButton({ record }: { record: Connection }) {
  const [isEditing, setIsEditing] = useState(false);
  return (
    <>
      <VerbButton record={record} verb="edit" label={text.description.button} onClick={() => setIsEditing(true)} />
      {isEditing && <DescriptionDialog record={record} close={() => setIsEditing(false)} />}
    </>
  );
}

/** A component of its own, so that it begins with the present description when it is opened again. */
function DescriptionDialog({ record, close }: { record: Connection; close: () => void }) {
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
      <FormField label={text.create.description}>
        <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
      </FormField>
    </ConfirmDialog>
  );
}
