import Alert from '@cloudscape-design/components/alert';
import { useState } from 'react';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { ChangeDialog } from '../shell/change-dialog.tsx';
import { TextField } from '../shell/text-field.tsx';
import { text } from '../text.ts';
import { type ConnectionAnswer, type EndpointAnswer, useChange } from './connection-record.ts';

/** Takes the endpoint away: removes its token if it has one, then deconfigures it. */
async function deconfigure(api: ApiClient, record: ConnectionAnswer, { tokens, held }: EndpointAnswer) {
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
  record: ConnectionAnswer;
  endpoint: EndpointAnswer;
  close: (isDone: boolean) => void;
}

/** Asks for the connection's name before its URL is gone for ever. */
export function DeconfigureDialog({ record, endpoint, close }: DeconfigureDialogProps) {
  const [typed, setTyped] = useState('');
  const { heldCount, heldCountComplete, held } = endpoint;
  return (
    <ChangeDialog
      change={useChange(record.name)}
      title={text.deconfigure.title}
      action={text.endpoint.deconfigure}
      send={(api) => deconfigure(api, record, endpoint)}
      isBlocked={typed !== record.name}
      close={close}
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
      <TextField
        label={`${text.deconfigure.confirm}: ${record.name}`}
        value={typed}
        spellcheck={false}
        setValue={setTyped}
      />
    </ChangeDialog>
  );
}
