/** Asks before a record is changed, and closes once it is. */
import type { ReactNode } from 'react';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import type { RecordChange } from '../session/record-change.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

interface ChangeDialogProps<Answer> {
  change: RecordChange<Answer>;
  title: string;
  /** The label of the button that sends the request. */
  action: string;
  send: (api: ApiClient) => Promise<Answer>;
  /** Whether something must be entered before it can be sent. */
  isBlocked?: boolean;
  /** Whether a field says why the request was refused. */
  isSaidAtField?: boolean;
  close: (isDone: boolean) => void;
  children: ReactNode;
}

export function ChangeDialog<Answer>(props: ChangeDialogProps<Answer>) {
  const { change, title, action, send, isBlocked = false, isSaidAtField = false, close, children } = props;
  async function confirm() {
    if (await change.run(action, send)) close(true);
  }
  return (
    <ConfirmDialog
      title={title}
      action={action}
      isBusy={change.busy !== undefined}
      isBlocked={isBlocked}
      error={isSaidAtField ? undefined : change.error}
      confirm={confirm}
      dismiss={() => close(false)}
    >
      {children}
    </ConfirmDialog>
  );
}
