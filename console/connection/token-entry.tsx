/** How an endpoint without a token gets one: generated here, or pasted from the sender. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { text } from '../text.ts';
import type { Change, Connection, Endpoint, TokenAnswer } from './connection-record.ts';
import { VerbButton } from './verb-button.tsx';

interface TokenEntryProps {
  record: Connection;
  endpoint: Pick<Endpoint, 'secretFrom' | 'status'> | undefined;
  change: Change;
  /** Sends what must come before the token, such as the settings of a form. Default: nothing. */
  before?: () => Promise<boolean>;
  /** Receives the new token. */
  done?: (answer: TokenAnswer) => void;
}

export function TokenEntry({ record, endpoint, change, before = async () => true, done }: TokenEntryProps) {
  const isMadeBySender = endpoint !== undefined && endpoint.secretFrom !== 'operator';
  const [isOwn, setIsOwn] = useState(isMadeBySender);
  const [value, setValue] = useState('');

  async function send(label: string, body: { value?: string }) {
    if (!(await before())) return;
    const answer = await change.run(label, (api) =>
      api.call('POST /v1/connections/{name}/endpoint/token', { params: { name: record.name }, body }),
    );
    if (!answer) return;
    setValue('');
    done?.(answer);
  }

  if (isOwn) {
    return (
      <SpaceBetween size="s">
        <FormField
          label={isMadeBySender ? text.endpoint.adopt : text.token.ownLabel}
          description={isMadeBySender ? text.endpoint.adoptNext : undefined}
        >
          <Input
            type="password"
            value={value}
            autoComplete={false}
            spellcheck={false}
            onChange={({ detail }) => setValue(detail.value)}
          />
        </FormField>
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            formAction="none"
            loading={change.busy === text.endpoint.save}
            disabled={value.trim() === ''}
            onClick={() => send(text.endpoint.save, { value: value.trim() })}
          >
            {text.endpoint.save}
          </Button>
          {!isMadeBySender && (
            <Button variant="link" formAction="none" onClick={() => setIsOwn(false)}>
              {text.endpoint.cancel}
            </Button>
          )}
        </SpaceBetween>
      </SpaceBetween>
    );
  }
  return (
    <SpaceBetween size="s">
      <Box>{text.token.none}</Box>
      <SpaceBetween direction="horizontal" size="xs">
        {record.endpoint ? (
          <VerbButton
            {...{ record, verb: 'generateToken', label: text.token.generate }}
            loading={change.busy === text.token.generate}
            onClick={() => void send(text.token.generate, {})}
          />
        ) : (
          <Button
            formAction="none"
            loading={change.busy === text.token.generate}
            onClick={() => send(text.token.generate, {})}
          >
            {text.token.generate}
          </Button>
        )}
        <Button formAction="none" onClick={() => setIsOwn(true)}>
          {text.token.own}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
