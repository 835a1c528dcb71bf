/** The questions before an endpoint stops accepting, or stops publishing. */
import { ChangeDialog } from '../shell/change-dialog.tsx';
import { text } from '../text.ts';
import { useChange } from './connection-record.ts';

interface DialogProps {
  name: string;
  close: () => void;
}

/** Says what happens to senders. */
export const DeactivateDialog = ({ name, close }: DialogProps) => (
  <ChangeDialog
    change={useChange(name)}
    title={text.deactivate.title}
    action={text.endpoint.deactivate}
    send={(api) => api.call('POST /v1/connections/{name}/endpoint/deactivate', { params: { name } })}
    close={close}
  >
    {text.deactivate.body}
  </ChangeDialog>
);

/** Says that senders notice nothing, or what the endpoint refuses anyway. */
export const HoldDialog = ({ name, close, isActive }: DialogProps & { isActive: boolean }) => (
  <ChangeDialog
    change={useChange(name)}
    title={text.hold.holdTitle}
    action={text.hold.hold}
    send={(api) => api.call('POST /v1/connections/{name}/endpoint/hold', { params: { name } })}
    close={close}
  >
    {isActive ? text.hold.holdBody : text.hold.holdInactiveBody}
  </ChangeDialog>
);
