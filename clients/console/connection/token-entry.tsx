/** How an endpoint without a token gets one: generated here, or pasted from the sender. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { SecretField } from '../shell/text-field.tsx';
import { text } from '../text.ts';
import type { ChangeOfConnection, ConnectionAnswer, EndpointAnswer } from './connection-record.ts';
import type { ProviderAnswer } from './provider.ts';
import { senderName } from './sender-name.ts';
import { adoptNoteOf, fieldErrorOf } from './sender-secret.ts';
import { VerbButton } from './verb-button.tsx';

interface TokenEntryProps {
  record: ConnectionAnswer;
  secretFrom: EndpointAnswer['secretFrom'];
  provider: ProviderAnswer;
  change: ChangeOfConnection;
  /** The pasted secret. It belongs to the caller, who may save it with something else. */
  secret: string;
  setSecret: (secret: string) => void;
  /** Saves the pasted secret, or generates a token if there is none. */
  send: (label: string, secret?: string) => Promise<unknown>;
}

interface OwnSecretProps extends TokenEntryProps {
  /** Goes back to the choice, if there is one. */
  cancel: () => void;
}

/** The field for the secret of the sender. */
function OwnSecret({ record, secretFrom, provider, change, secret, setSecret, send, cancel }: OwnSecretProps) {
  const sender = senderName(provider);
  const isMadeBySender = secretFrom !== 'operator';
  const fieldError = fieldErrorOf(change.error);
  return (
    <SpaceBetween size="s">
      {fieldError === undefined && <ProblemAlert error={change.error} />}
      <SecretField
        label={secretFrom === 'sender' ? text.endpoint.adopt(sender) : text.token.ownLabel(sender)}
        description={isMadeBySender ? adoptNoteOf(provider, record.status, secretFrom) : text.token.ownNote(sender)}
        error={fieldError}
        value={secret}
        autoFocus={!isMadeBySender}
        setValue={setSecret}
      />
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          formAction="none"
          loading={change.busy === text.endpoint.save}
          disabled={secret.trim() === ''}
          disabledReason={text.endpoint.saveNothing}
          onClick={() => void send(text.endpoint.save, secret)}
        >
          {text.endpoint.save}
        </Button>
        {!isMadeBySender && (
          <Button variant="link" formAction="none" onClick={cancel}>
            {text.shell.cancel}
          </Button>
        )}
      </SpaceBetween>
    </SpaceBetween>
  );
}

export function TokenEntry(props: TokenEntryProps) {
  const { record, secretFrom, provider, change, setSecret, send } = props;
  const [isOwn, setIsOwn] = useState(secretFrom !== 'operator');
  function cancel() {
    setSecret('');
    setIsOwn(false);
  }
  if (isOwn) return <OwnSecret {...props} cancel={cancel} />;
  const generate = () => void send(text.token.generate);
  const isBusy = change.busy === text.token.generate;
  return (
    <SpaceBetween size="s">
      <ProblemAlert error={change.error} />
      <Box>{text.token.none}</Box>
      <SpaceBetween direction="horizontal" size="xs">
        {record.endpoint ? (
          <VerbButton
            record={record}
            verb="generateToken"
            label={text.token.generate}
            loading={isBusy}
            onClick={generate}
          />
        ) : (
          <Button formAction="none" loading={isBusy} onClick={generate}>
            {text.token.generate}
          </Button>
        )}
        <Button formAction="none" onClick={() => setIsOwn(true)}>
          {text.token.own(senderName(provider))}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
