/**
 * The form "Configure endpoint". As in the procedure that it follows, the token and the activation are in the form: both send the
 * form's settings first. Before that, Cancel changes nothing.
 */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { Loading } from '../shell/loading.tsx';
import { hrefOf, useFollow, useGoOn } from '../shell/page-link.tsx';
import { PageProblem } from '../shell/page-problem.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { type Change, type Connection, useChange, useConnection } from './connection-record.ts';
import { reveal } from './reveal.ts';
import { useProvider } from './sender-guide.tsx';
import { senderName } from './sender-name.ts';
import { MoreSettings, PlacesField } from './settings-fieldset.tsx';
import { TokenEntry } from './token-entry.tsx';
import { TokenValue } from './token-value.tsx';
import { type FormProps, useSettingsForm, useTokenEntry } from './use-configure-form.ts';
import { VerbButton } from './verb-button.tsx';

interface TokenSectionProps extends FormProps {
  change: Change;
  entry: ReturnType<typeof useTokenEntry>;
  removal: { isOffered: boolean; isChosen: boolean; choose: (isChosen: boolean) => void };
}

function TokenSection({ record, provider, change, entry, removal }: TokenSectionProps) {
  const { endpoint } = record;
  const secretFrom = endpoint?.secretFrom ?? provider.secretFrom;
  const hasToken = (endpoint?.tokens.length ?? 0) > 0;
  return (
    <Container header={<Header variant="h2">{text.token.title}</Header>}>
      <LiveRegion>
        {entry.isMade && (
          <Box margin={{ bottom: 's' }}>
            <StatusIndicator type="success">{text.token.generated}</StatusIndicator>
          </Box>
        )}
      </LiveRegion>
      {hasToken && (
        <SpaceBetween size="m">
          <TokenValue key={endpoint?.tokens[0]?.id} read={async () => (await reveal(change, record.name))?.token} />
          {removal.isOffered && (
            <Checkbox
              checked={removal.isChosen}
              description={text.token.removeNote}
              onChange={({ detail }) => removal.choose(detail.checked)}
            >
              {text.token.remove}
            </Checkbox>
          )}
        </SpaceBetween>
      )}
      {!hasToken && secretFrom === 'handshake' && (
        <Alert type="info">{text.configure.handshakeFirst(senderName(provider))}</Alert>
      )}
      {!hasToken && secretFrom !== 'handshake' && <TokenEntry {...{ record, provider, secretFrom }} {...entry} />}
    </Container>
  );
}

function ConfigureForm({ record, provider }: FormProps) {
  const change = useChange(record.name);
  const form = useSettingsForm({ record, provider }, change);
  const entry = useTokenEntry({ record, provider }, form);
  const [atFirst] = useState(record);
  const [isRemoved, setIsRemoved] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const goOn = useGoOn();
  const follow = useFollow();
  const page = `/connections/${record.name}`;
  const params = { name: record.name };
  const { status } = record;
  const hadToken = (atFirst.endpoint?.tokens.length ?? 0) > 0;

  async function activate() {
    if (!(await entry.saveAll(text.endpoint.activate))) return;
    const done = await change.run(text.endpoint.activate, (api) =>
      api.call('POST /v1/connections/{name}/endpoint/activate', { params }),
    );
    if (done) goOn(page);
  }

  /** The settings go first, so that a refused setting costs no token. */
  async function update() {
    setIsAsking(false);
    const saved = await entry.saveAll(text.configure.update);
    if (!saved) return;
    const done = isRemoved
      ? await change.run(text.configure.update, (api) =>
          api.call('DELETE /v1/connections/{name}/endpoint/token', { params, ifMatch: saved.version }),
        )
      : saved;
    if (done) goOn(page);
  }

  const askOrUpdate = () => (isRemoved && status === 'active' ? setIsAsking(true) : void update());
  return (
    <Form
      header={
        <Header
          variant="h1"
          description={atFirst.endpoint ? text.configure.edit(provider.name) : text.configure.defaults(provider.name)}
        >
          {`${text.configure.title}: ${record.name}`}
        </Header>
      }
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="link" formAction="none" href={hrefOf(page)} onFollow={follow}>
            {text.endpoint.cancel}
          </Button>
          <Button
            formAction="none"
            variant={status === 'active' ? 'primary' : 'normal'}
            loading={change.busy === text.configure.update}
            onClick={askOrUpdate}
          >
            {atFirst.endpoint ? text.configure.update : text.configure.save}
          </Button>
          {status !== 'active' && (
            <ActivateButton {...{ record, provider, activate }} isBusy={change.busy === text.endpoint.activate} />
          )}
        </SpaceBetween>
      }
    >
      <SpaceBetween size="l">
        {record.managedBy && (
          <Alert type="warning">{text.connection.managedElsewhere(record.managedBy.logicalId)}</Alert>
        )}
        <ProblemAlert error={change.error} />
        <PlacesField fields={form.fields} setFields={form.setFields} />
        <TokenSection
          {...{ record, provider, change, entry }}
          removal={{ isOffered: hadToken, isChosen: isRemoved, choose: setIsRemoved }}
        />
        <MoreSettings fields={form.fields} errors={form.errors} setFields={form.setFields} />
        {isAsking && (
          <ConfirmDialog
            title={text.configure.updateTitle}
            action={text.configure.update}
            isBusy={change.busy !== undefined}
            confirm={update}
            dismiss={() => setIsAsking(false)}
          >
            <Box variant="p">{text.configure.updateActive}</Box>
          </ConfirmDialog>
        )}
      </SpaceBetween>
    </Form>
  );
}

/** Activates. Before the first configuration the record has no verb for that, because the form makes the endpoint first. */
function ActivateButton({ record, provider, activate, isBusy }: FormProps & { activate: () => void; isBusy: boolean }) {
  if (record.endpoint) {
    return (
      <VerbButton
        {...{ record, verb: 'activate', label: text.endpoint.activate }}
        variant="primary"
        loading={isBusy}
        onClick={activate}
      />
    );
  }
  const needsToken = provider.secretFrom === 'operator';
  return (
    <Button
      variant="primary"
      formAction="none"
      loading={isBusy}
      disabled={needsToken}
      disabledReason={text.token.none}
      onClick={activate}
    >
      {text.endpoint.activate}
    </Button>
  );
}

export default function ConfigurePage({ name }: { name: string }) {
  useTitle(`${text.configure.title}: ${name}`);
  const { data: record, error, refetch } = useConnection(name);
  if (record) return <WithProvider record={record} />;
  return error ? (
    <PageProblem title={`${text.configure.title}: ${name}`} error={error} retry={refetch} />
  ) : (
    <Loading>{text.connection.loading}</Loading>
  );
}

function WithProvider({ record }: { record: Connection }) {
  const { data: provider, error, refetch } = useProvider(record.provider);
  if (provider) return <ConfigureForm record={record} provider={provider} />;
  return error ? (
    <PageProblem title={`${text.configure.title}: ${record.name}`} error={error} retry={refetch} />
  ) : (
    <Loading>{text.connection.loading}</Loading>
  );
}
