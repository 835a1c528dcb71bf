/** The tokens of an endpoint as two slots: the current one, and the previous one while its grace runs. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { graces } from '../durations.ts';
import { absoluteTime } from '../relative-time.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { ChangeDialog } from '../shell/change-dialog.tsx';
import { Section } from '../shell/section.tsx';
import { SecretField } from '../shell/text-field.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { text } from '../text.ts';
import {
  type ChangeOfConnection,
  type ConnectionAnswer,
  type EndpointAnswer,
  isAdmin,
  useChange,
} from './connection-record.ts';
import type { ProviderAnswer } from './provider.ts';
import { reveal } from './reveal.ts';
import { senderName } from './sender-name.ts';
import { fieldErrorOf, secretBody, tokenNoteOf } from './sender-secret.ts';
import { TokenEntry } from './token-entry.tsx';
import { TokenValue } from './token-value.tsx';
import { VerbButton } from './verb-button.tsx';

type Token = EndpointAnswer['tokens'][number];

const dayMs = 86_400_000;

/** Whether a token was used in the last day. */
const isInUse = ({ lastUsedAt }: Token): boolean =>
  lastUsedAt !== undefined && Date.now() - Date.parse(lastUsedAt) < dayMs;

function Slot({
  token,
  title,
  unused,
  children,
}: {
  token: Token;
  title: string;
  unused: string;
  children?: React.ReactNode;
}) {
  return (
    <SpaceBetween size="s">
      <Box variant="h3">{title}</Box>
      {children}
      <KeyValuePairs
        columns={1}
        items={[
          {
            label: text.token.created,
            value: (
              <>
                <TimeAgo at={token.createdAt} /> {text.token.by} <OperatorName id={token.createdBy} />
              </>
            ),
          },
          { label: text.token.lastUsed, value: token.lastUsedAt ? <TimeAgo at={token.lastUsedAt} /> : unused },
          ...(token.expiresAt ? [{ label: text.token.graceEnds, value: absoluteTime(token.expiresAt) }] : []),
        ]}
      />
    </SpaceBetween>
  );
}

interface RotateDialogProps {
  record: ConnectionAnswer;
  endpoint: EndpointAnswer;
  sender: string;
  close: () => void;
}

/** Replaces the token: by a generated one, or by the new secret that the sender made. */
function RotateDialog({ record, endpoint, sender, close }: RotateDialogProps) {
  const change = useChange(record.name);
  const { auth, secretFrom } = endpoint;
  const isPasted = secretFrom !== 'operator';
  const [secret, setSecret] = useState('');
  const [grace, setGrace] = useState(graces[0]?.value ?? '');
  const fieldError = isPasted ? fieldErrorOf(change.error) : undefined;
  const params = { name: record.name };
  const body = { graceSeconds: Number(grace), ...(isPasted && secretBody(auth.kind, secretFrom, secret)) };
  return (
    <ChangeDialog
      change={change}
      title={text.token.rotate}
      action={text.token.rotate}
      send={(api) => api.call('POST /v1/connections/{name}/endpoint/token/rotate', { params, body })}
      isBlocked={isPasted && secret.trim() === ''}
      isSaidAtField={fieldError !== undefined}
      close={close}
    >
      <div>{isPasted ? text.token.rotatePasted(sender) : text.token.rotateNote}</div>
      {isPasted && (
        <SecretField label={text.token.newSecret(sender)} error={fieldError} value={secret} setValue={setSecret} />
      )}
      <FormField label={text.token.graceLabel}>
        <Select
          selectedOption={graces.find(({ value }) => value === grace) ?? null}
          options={graces}
          onChange={({ detail }) => setGrace(detail.selectedOption.value ?? '')}
        />
      </FormField>
    </ChangeDialog>
  );
}

function EndGraceDialog({ record, previous, close }: { record: ConnectionAnswer; previous: Token; close: () => void }) {
  const params = { name: record.name };
  return (
    <ChangeDialog
      change={useChange(record.name)}
      title={`${text.token.endGrace}?`}
      action={text.token.endGrace}
      send={(api) => api.call('DELETE /v1/connections/{name}/endpoint/token/previous', { params })}
      close={close}
    >
      <div>{text.token.endGraceNote}</div>
      {isInUse(previous) && previous.lastUsedAt && (
        <div>
          <b>{text.token.endGraceUsed}</b> <TimeAgo at={previous.lastUsedAt} />
        </div>
      )}
    </ChangeDialog>
  );
}

/** What there is to know about the token. */
const noteOf = ({ auth, secretFrom, tokens }: EndpointAnswer, sender: string, mayChange: boolean): string =>
  [tokenNoteOf(auth.kind, secretFrom, sender, mayChange), mayChange && tokens.length > 0 && text.token.revealNote]
    .filter(Boolean)
    .join(' ');

interface TokenPanelProps {
  record: ConnectionAnswer;
  endpoint: EndpointAnswer;
  change: ChangeOfConnection;
  /** Undefined until it is read. */
  provider: ProviderAnswer | undefined;
}

/** The entry of the first token, on the page of the connection. */
function FirstToken({
  record,
  endpoint,
  provider,
}: {
  record: ConnectionAnswer;
  endpoint: EndpointAnswer;
  provider: ProviderAnswer;
}) {
  const change = useChange(record.name);
  const [secret, setSecret] = useState('');
  const { auth, secretFrom } = endpoint;
  const send = (label: string, pasted?: string) =>
    change.run(label, (api) =>
      api.call('POST /v1/connections/{name}/endpoint/token', {
        params: { name: record.name },
        body: pasted === undefined ? {} : secretBody(auth.kind, secretFrom, pasted),
      }),
    );
  return (
    <TokenEntry
      record={record}
      secretFrom={secretFrom}
      provider={provider}
      change={change}
      secret={secret}
      setSecret={setSecret}
      send={send}
    />
  );
}

interface SlotsProps extends Pick<TokenPanelProps, 'record' | 'change'> {
  current: Token;
  previous: Token | undefined;
}

/** The token in force, and the one before it as long as that is accepted. */
function TokenSlots({ record, change, current, previous }: SlotsProps) {
  return (
    <ColumnLayout columns={previous ? 2 : 1} variant="text-grid">
      <Slot
        token={current}
        title={text.token.current}
        unused={previous ? text.token.neverSinceRotation : text.token.never}
      >
        {record.allowedActions.includes('revealToken') && (
          // A key, so that the value of another token is never shown as this one's.
          <TokenValue
            key={current.id}
            copyLabel={text.token.copy}
            read={async () => (await reveal(change, record.name))?.token}
          />
        )}
      </Slot>
      {previous && <Slot token={previous} title={text.token.previous} unused={text.token.neverSinceRotation} />}
    </ColumnLayout>
  );
}

export function TokenPanel({ record, endpoint, change, provider }: TokenPanelProps) {
  const sender = senderName(provider ?? { id: record.provider, name: record.provider });
  const [question, setQuestion] = useState<'rotate' | 'endGrace'>();
  const [current, previous] = [...endpoint.tokens].sort((one, other) =>
    one.expiresAt === other.expiresAt ? 0 : one.expiresAt === undefined ? -1 : 1,
  );
  const close = () => setQuestion(undefined);
  const ask = (next: 'rotate' | 'endGrace') => {
    change.clear();
    setQuestion(next);
  };
  const mayChange = isAdmin(record);
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      {previous && (
        <VerbButton record={record} verb="endGrace" label={text.token.endGrace} onClick={() => ask('endGrace')} />
      )}
      <VerbButton record={record} verb="rotateToken" label={text.token.rotate} onClick={() => ask('rotate')} />
    </SpaceBetween>
  );
  return (
    <Section title={text.token.title} description={noteOf(endpoint, sender, mayChange)} actions={buttons}>
      {mayChange && previous?.expiresAt && endpoint.secretFrom === 'operator' && !current?.lastUsedAt && (
        <Box margin={{ bottom: 'm' }}>
          <Alert type="info">{text.token.enterNew(sender, absoluteTime(previous.expiresAt))}</Alert>
        </Box>
      )}
      {current && <TokenSlots record={record} change={change} current={current} previous={previous} />}
      {!current && !mayChange && <Box>{text.token.noneForDesigner}</Box>}
      {!current && mayChange && provider && <FirstToken record={record} endpoint={endpoint} provider={provider} />}
      {question === 'rotate' && <RotateDialog record={record} endpoint={endpoint} sender={sender} close={close} />}
      {question === 'endGrace' && previous && <EndGraceDialog record={record} previous={previous} close={close} />}
    </Section>
  );
}
