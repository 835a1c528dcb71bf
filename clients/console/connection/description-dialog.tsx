/** Edits what a person says about a connection. */
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { isOld } from '../session/record-change.ts';
import { ChangedRecord } from '../shell/changed-meanwhile.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { TextField } from '../shell/text-field.tsx';
import { useVersion } from '../shell/use-form.ts';
import { text } from '../text.ts';
import { type ConnectionAnswer, useChange } from './connection-record.ts';
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
  const { name } = record;
  const [description, setDescription] = useState(record.description);
  const { busy, error, run } = useChange(name);
  // What was not entered is as somebody else has it now.
  const { before, theirs, refuse } = useVersion(record, (now, then) => {
    if (description === then.description) setDescription(now.description);
  });
  const wasFaster = isOld(error) ? theirs : undefined;

  async function save() {
    const { version } = before;
    const saved = await run(text.description.save, (api) =>
      api.call('PATCH /v1/connections/{name}', { params: { name }, body: { description }, ifMatch: version }),
    );
    if (saved) close();
    else refuse();
  }

  return (
    <ConfirmDialog
      title={text.description.button}
      action={text.description.save}
      isBlocked={description === before.description}
      isBusy={busy !== undefined}
      error={wasFaster ? undefined : error}
      confirm={() => void save()}
      dismiss={close}
    >
      <SpaceBetween size="m">
        {wasFaster && <ChangedRecord what="connection" theirs={wasFaster} />}
        <TextField label={text.create.description} value={description} setValue={setDescription} />
      </SpaceBetween>
    </ConfirmDialog>
  );
}
