import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type { ApiClient } from '../../shared/api/api-client.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { text } from '../text.ts';
import { type Connection, type Endpoint, useChange } from './connection-record.ts';

/** Takes the endpoint away: removes its token if it has one, then deconfigures it. */
async function deconfigure(api: ApiClient, record: Connection, { tokens, held }: Endpoint) {
  const params = { name: record.name };
  let { version } = record;
  if (tokens.length > 0) {
    const route = 'DELETE /v1/connections/{name}/endpoint/token';
    ({ version } = await api.call(route, { params, ifMatch: version }));
  }
  return api.call('DELETE /v1/connections/{name}/endpoint', {
    params,
    ifMatch: version,
    ...(held && { query: { discardHeld: 'true' as const } }),
  });
}

interface DeconfigureDialogProps {
  record: Connection;
  endpoint: Endpoint;
  close: (isDone: boolean) => void;
}

/** Asks for the connection's name before its URL is gone for ever. */
export function DeconfigureDialog({ record, endpoint, close }: DeconfigureDialogProps) {
  const change = useChange(record.name);
  const [typed, setTyped] = useState('');
  async function confirm() {
    const done = await change.run(text.endpoint.deconfigure, (api) => deconfigure(api, record, endpoint));
    if (done) close(true);
  }
  const { heldCount, heldCountComplete, held } = endpoint;
  return (
    <ConfirmDialog
      title={text.deconfigure.title}
      action={text.endpoint.deconfigure}
      isBusy={change.busy !== undefined}
      isBlocked={typed !== record.name}
      error={change.error}
      confirm={confirm}
      dismiss={() => close(false)}
    >
      <div>
        {text.deconfigure.body} {endpoint.tokens.length > 0 && text.deconfigure.token}
      </div>
      {held && !(heldCount === 0 && heldCountComplete) && (
        <Alert type="warning">
          {text.deconfigure.held}
          {heldCount !== undefined && `: ${heldCount}${heldCountComplete ? '' : ' or more'}`}.
        </Alert>
      )}
      <FormField label={`${text.deconfigure.confirm}: ${record.name}`}>
        <Input value={typed} spellcheck={false} onChange={({ detail }) => setTyped(detail.value)} />
      </FormField>
    </ConfirmDialog>
  );
}
