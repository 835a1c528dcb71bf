/** The handshake in which a sender delivers its secret, or proves that the URL is right. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { absoluteTime } from '../relative-time.ts';
import { CopyButton } from '../shell/copy-button.tsx';
import { Section } from '../shell/section.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { text } from '../text.ts';
import { type ChangeOfConnection, type ConnectionAnswer, type EndpointAnswer, isAdmin } from './connection-record.ts';
import { VerbButton } from './verb-button.tsx';

interface HandshakePanelProps {
  record: ConnectionAnswer;
  endpoint: EndpointAnswer;
  change: ChangeOfConnection;
  /** The name of the provider. */
  sender: string;
}

function Buttons({ record, change }: Pick<HandshakePanelProps, 'record' | 'change'>) {
  const params = { name: record.name };
  const { open, close, confirm } = text.handshake;
  const run = {
    open: () =>
      change.run(open, (api) => api.call('POST /v1/connections/{name}/endpoint/handshake', { params, body: {} })),
    close: () => change.run(close, (api) => api.call('DELETE /v1/connections/{name}/endpoint/handshake', { params })),
    confirm: () =>
      change.run(confirm, (api) =>
        api.call('POST /v1/connections/{name}/endpoint/handshake/confirm', { params, body: {} }),
      ),
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <VerbButton
        record={record}
        verb="confirmHandshake"
        label={confirm}
        loading={change.busy === confirm}
        onClick={() => void run.confirm()}
      />
      <VerbButton
        record={record}
        verb="closeHandshake"
        label={close}
        loading={change.busy === close}
        onClick={() => void run.close()}
      />
      <VerbButton
        record={record}
        verb="openHandshake"
        label={open}
        loading={change.busy === open}
        onClick={() => void run.open()}
      />
    </SpaceBetween>
  );
}

export function HandshakePanel({ record, endpoint, change, sender }: HandshakePanelProps) {
  const { handshake, secretFrom } = endpoint;
  if (!handshake && secretFrom !== 'handshake') return null;
  const { verifyToken, openUntil, delivered, count, lastAt } = handshake ?? {};
  const mayChange = isAdmin(record);
  return (
    <Section
      title={text.handshake.title}
      actions={secretFrom === 'handshake' && <Buttons record={record} change={change} />}
    >
      <SpaceBetween size="s">
        {secretFrom !== 'handshake' && <Box variant="p">{text.handshake.answers(sender)}</Box>}
        {secretFrom === 'handshake' && !openUntil && !delivered && (
          <Box variant="p">
            {text.handshake.intro(sender)} {mayChange && text.handshake.introNext(sender)}
          </Box>
        )}
        {verifyToken && (
          <FormField
            label={text.handshake.verifyToken(sender)}
            secondaryControl={<CopyButton label={text.handshake.copy} read={async () => verifyToken} />}
          >
            <Input readOnly value={verifyToken} />
          </FormField>
        )}
        {openUntil && (
          <Alert type="info">
            {`${text.handshake.openUntil} ${absoluteTime(openUntil)}.`} {mayChange && text.handshake.openNext(sender)}
          </Alert>
        )}
        {delivered && (
          <Alert type="warning" header={text.handshake.delivered}>
            <TimeAgo at={delivered.at} /> {text.handshake.deliveredFrom} {delivered.sourceIp}.{' '}
            {mayChange && text.handshake.deliveredNote}
          </Alert>
        )}
        {verifyToken && count === undefined && <Box color="text-body-secondary">{text.handshake.none}</Box>}
        {count !== undefined && lastAt && (
          <Box>
            {text.handshake.answered(count)} <TimeAgo at={lastAt} />.
          </Box>
        )}
      </SpaceBetween>
    </Section>
  );
}
