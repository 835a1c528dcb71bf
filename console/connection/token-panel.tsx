/** The tokens of an endpoint as two slots: the current one, and the previous one while its grace runs. */
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { absoluteTime } from '../relative-time.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { text } from '../text.ts';
import { type Change, type Connection, type Endpoint, useChange } from './connection-record.ts';
import { reveal } from './reveal.ts';
import { TokenEntry } from './token-entry.tsx';
import { TokenValue } from './token-value.tsx';
import { VerbButton } from './verb-button.tsx';

type Token = Endpoint['tokens'][number];

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
                <TimeAgo at={token.createdAt} /> {text.token.by} {token.createdBy}
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

function RotateDialog({ record, close }: { record: Connection; close: () => void }) {
  const change = useChange(record.name);
  const [grace, setGrace] = useState<(typeof text.token.graces)[number]>(
    text.token.graces[0] as { value: string; label: string },
  );
  async function confirm() {
    const done = await change.run(text.token.rotate, (api) =>
      api.call('POST /v1/connections/{name}/endpoint/token/rotate', {
        params: { name: record.name },
        body: { graceSeconds: Number(grace.value) },
      }),
    );
    if (done) close();
  }
  return (
    <ConfirmDialog
      title={text.token.rotate}
      action={text.token.rotate}
      isBusy={change.busy !== undefined}
      error={change.error}
      confirm={confirm}
      dismiss={close}
    >
      <p>{text.token.rotateNote}</p>
      <FormField label={text.token.graceLabel}>
        <Select
          selectedOption={grace}
          options={text.token.graces}
          onChange={({ detail }) => setGrace(detail.selectedOption as typeof grace)}
        />
      </FormField>
    </ConfirmDialog>
  );
}

function EndGraceDialog({ record, previous, close }: { record: Connection; previous: Token; close: () => void }) {
  const change = useChange(record.name);
  async function confirm() {
    const done = await change.run(text.token.endGrace, (api) =>
      api.call('DELETE /v1/connections/{name}/endpoint/token/previous', { params: { name: record.name } }),
    );
    if (done) close();
  }
  return (
    <ConfirmDialog
      title={`${text.token.endGrace}?`}
      action={text.token.endGrace}
      isBusy={change.busy !== undefined}
      error={change.error}
      confirm={confirm}
      dismiss={close}
    >
      <p>{text.token.endGraceNote}</p>
      {isInUse(previous) && previous.lastUsedAt && (
        <p>
          <b>{text.token.endGraceUsed}</b> <TimeAgo at={previous.lastUsedAt} />
        </p>
      )}
    </ConfirmDialog>
  );
}

/** What there is to know about the token. */
const noteOf = ({ auth }: Endpoint, isRevealable: boolean): string =>
  [auth.kind === 'signature' && text.token.signingNote, isRevealable && text.token.revealNote]
    .filter(Boolean)
    .join(' ');

interface TokenPanelProps {
  record: Connection;
  endpoint: Endpoint;
  change: Change;
}

export function TokenPanel({ record, endpoint, change }: TokenPanelProps) {
  const [question, setQuestion] = useState<'rotate' | 'endGrace'>();
  const [current, previous] = [...endpoint.tokens].sort((one, other) =>
    one.expiresAt === other.expiresAt ? 0 : one.expiresAt === undefined ? -1 : 1,
  );
  const close = () => setQuestion(undefined);
  const isAdmin = record.allowedActions.length > 0;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={noteOf(endpoint, isAdmin && current !== undefined)}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {previous && (
                <VerbButton
                  {...{ record, verb: 'endGrace', label: text.token.endGrace }}
                  onClick={() => setQuestion('endGrace')}
                />
              )}
              <VerbButton
                {...{ record, verb: 'rotateToken', label: text.token.rotate }}
                onClick={() => setQuestion('rotate')}
              />
            </SpaceBetween>
          }
        >
          {text.token.title}
        </Header>
      }
    >
      {current ? (
        <ColumnLayout columns={previous ? 2 : 1} variant="text-grid">
          <Slot
            token={current}
            title={text.token.current}
            unused={previous ? text.token.neverSinceRotation : text.token.never}
          >
            {record.allowedActions.includes('revealToken') && (
              <TokenValue read={async () => (await reveal(change, record.name))?.token} />
            )}
          </Slot>
          {previous && <Slot token={previous} title={text.token.previous} unused={text.token.neverSinceRotation} />}
        </ColumnLayout>
      ) : (
        <TokenEntry record={record} endpoint={endpoint} change={change} />
      )}
      {question === 'rotate' && <RotateDialog record={record} close={close} />}
      {question === 'endGrace' && previous && <EndGraceDialog record={record} previous={previous} close={close} />}
    </Container>
  );
}
