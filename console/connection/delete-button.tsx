/** Deletes a connection that has no endpoint, after a question. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session/session.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { home, useGoOn } from '../shell/page-link.tsx';
import { text } from '../text.ts';
import type { Connection } from './connection-record.ts';
import { VerbButton } from './verb-button.tsx';

export function DeleteButton({ record }: { record: Connection }) {
  const { api } = useSession();
  const client = useQueryClient();
  const goOn = useGoOn();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const { name, version } = record;

  async function confirm() {
    setIsBusy(true);
    try {
      await api.call('DELETE /v1/connections/{name}', { params: { name }, ifMatch: version });
      goOn(home);
      client.removeQueries({ queryKey: ['connection', name] });
      await client.invalidateQueries({ queryKey: ['connections'] });
    } catch (refusal) {
      setError(refusal);
      setIsBusy(false);
    }
  }

  return (
    <>
      <VerbButton {...{ record, verb: 'delete', label: text.remove.button }} onClick={() => setIsAsking(true)} />
      {isAsking && (
        <ConfirmDialog
          title={text.remove.title(name)}
          action={text.remove.button}
          dismiss={() => setIsAsking(false)}
          {...{ confirm, isBusy, error }}
        >
          {text.remove.body}
        </ConfirmDialog>
      )}
    </>
  );
}
