/** The questions before an endpoint stops accepting, or stops publishing. */
import type { ApiClient } from '../../shared/api/api-client.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { text } from '../text.ts';
import { type Connection, useChange } from './connection-record.ts';

interface VerbDialogProps {
  name: string;
  title: string;
  action: string;
  body: string;
  send: (api: ApiClient) => Promise<Connection>;
  close: () => void;
}

function VerbDialog({ name, title, action, body, send, close }: VerbDialogProps) {
  const change = useChange(name);
  async function confirm() {
    if (await change.run(action, send)) close();
  }
  return (
    <ConfirmDialog
      title={title}
      action={action}
      confirm={confirm}
      isBusy={change.busy !== undefined}
      error={change.error}
      dismiss={close}
    >
      {body}
    </ConfirmDialog>
  );
}

type DialogProps = Pick<VerbDialogProps, 'name' | 'close'>;

/** Says what happens to senders. */
export const DeactivateDialog = (props: DialogProps) => (
  <VerbDialog
    {...props}
    title={text.deactivate.title}
    action={text.endpoint.deactivate}
    body={text.deactivate.body}
    send={(api) => api.call('POST /v1/connections/{name}/endpoint/deactivate', { params: { name: props.name } })}
  />
);

/** Says that senders notice nothing, or what the endpoint refuses anyway. */
export const HoldDialog = ({ isActive, ...props }: DialogProps & { isActive: boolean }) => (
  <VerbDialog
    {...props}
    title={text.hold.holdTitle}
    action={text.hold.hold}
    body={isActive ? text.hold.holdBody : text.hold.holdInactiveBody}
    send={(api) => api.call('POST /v1/connections/{name}/endpoint/hold', { params: { name: props.name } })}
  />
);
