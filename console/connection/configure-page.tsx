/**
 * The form "Configure endpoint". As in the procedure that it follows, the token and the activation are in the form: both send the
 * form's settings first. Before that, Cancel changes nothing.
 */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, useState } from 'react';
import { useSession } from '../session/session.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { FormActions } from '../shell/form-actions.tsx';
import { Loading } from '../shell/loading.tsx';
import { NotAllowed } from '../shell/not-allowed.tsx';
import { hrefOf, useFollow, useGoOn, WayOn } from '../shell/page-link.tsx';
import { PageProblem } from '../shell/page-problem.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { useTitle } from '../shell/use-title.ts';
import { useUnsaved } from '../shell/use-unsaved.tsx';
import { text } from '../text.ts';
import { type Connection, useChange, useConnection } from './connection-record.ts';
import { useProvider } from './provider.ts';
import { MoreSettings, PlacesField } from './settings-fieldset.tsx';
import { TokenSection } from './token-section.tsx';
import { type FormProps, useSettingsForm, useTokenEntry } from './use-configure-form.ts';
import { whyDisabled } from './why-disabled.ts';

interface ConfigureProps extends FormProps {
  title: string;
}

function ConfigureForm({ record, provider, title }: ConfigureProps) {
  const change = useChange(record.name);
  const form = useSettingsForm({ record, provider }, change);
  const entry = useTokenEntry({ record, provider }, form);
  // A button of the entry sends the settings first, and a button of the form what was pasted.
  const busy = change.busy ?? entry.change.busy;
  const [atFirst] = useState(record);
  const [isRemoved, setIsRemoved] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  // Somebody else removed the token. The next one is not to be removed.
  if (isRemoved && record.endpoint?.tokens.length === 0) setIsRemoved(false);
  const goOn = useGoOn();
  const follow = useFollow();
  const hadToken = (atFirst.endpoint?.tokens.length ?? 0) > 0;
  const isUnsaved = form.isChanged || entry.secret.trim() !== '' || isRemoved;
  // A token that was made here looks like an entry of the form, but stays without a press of Activate.
  const isMade = !hadToken && (record.endpoint?.tokens.length ?? 0) > 0;
  const isInactiveYet = isMade && record.allowedActions.includes('activate');
  const { question, leave } = useUnsaved(isUnsaved || isInactiveYet, isUnsaved ? text.unsaved : text.inactiveYet);
  const page = `/connections/${record.name}`;
  const params = { name: record.name };
  const { status } = record;

  async function activate() {
    if (!(await entry.saveAll(text.endpoint.activate))) return;
    const done = await change.run(text.endpoint.activate, (api) =>
      api.call('POST /v1/connections/{name}/endpoint/activate', { params }),
    );
    if (done) leave(() => goOn(page));
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
    if (done) leave(() => goOn(page));
  }

  const askOrUpdate = () => (isRemoved && status === 'active' ? setIsAsking(true) : void update());
  // Without its token the endpoint can't be active, so Activate is not offered beside the removal.
  const isActivating = status !== 'active' && !isRemoved;
  const whyNotActivate = useWhyNotActivate({ record, provider }, entry.secret);

  /** What the primary button does, and Enter in a field. */
  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy !== undefined) return;
    if (!isActivating) askOrUpdate();
    else if (whyNotActivate === undefined) void activate();
  }
  return (
    <form onSubmit={submit}>
      <Form
        header={
          <Header
            variant="h1"
            description={atFirst.endpoint ? text.configure.edit(provider.name) : text.configure.defaults(provider.name)}
          >
            {title}
          </Header>
        }
        actions={
          <FormActions>
            <Button variant="link" formAction="none" href={hrefOf(page)} onFollow={follow}>
              {text.endpoint.cancel}
            </Button>
            <Button
              {...(isActivating
                ? { formAction: 'none', onClick: askOrUpdate }
                : { formAction: 'submit', variant: 'primary' })}
              loading={busy === text.configure.update}
            >
              {atFirst.endpoint ? text.configure.update : text.configure.save}
            </Button>
            {isActivating && (
              <ReasonedButton
                label={text.endpoint.activate}
                reason={whyNotActivate}
                formAction="submit"
                variant="primary"
                loading={busy === text.endpoint.activate}
              />
            )}
          </FormActions>
        }
      >
        <SpaceBetween size="l">
          {record.managedBy && <Alert type="warning">{text.connection.managedElsewhere(record.managedBy)}</Alert>}
          <PlacesField fields={form.fields} errors={form.errors} setFields={form.enter} />
          <TokenSection
            record={record}
            provider={provider}
            change={change}
            entry={{ ...entry, change: { ...entry.change, busy } }}
            removal={{ isOffered: hadToken, isChosen: isRemoved, choose: setIsRemoved }}
          />
          <MoreSettings
            fields={form.fields}
            errors={form.errors}
            setFields={form.enter}
            attempts={form.attempts}
            hasRefusedField={form.hasRefusedField}
            hasDeliveryId={provider.dedupe !== undefined}
          />
          {/* Above the buttons, where whoever pressed one looks. */}
          <ProblemAlert error={form.hasRefusedField ? undefined : change.error} />
          {question}
          {isAsking && (
            <ConfirmDialog
              title={text.configure.updateTitle}
              action={text.configure.update}
              isBusy={busy !== undefined}
              confirm={update}
              dismiss={() => setIsAsking(false)}
            >
              <Box variant="p">{text.configure.updateActive}</Box>
            </ConfirmDialog>
          )}
        </SpaceBetween>
      </Form>
    </form>
  );
}

/** Why the endpoint can't be activated now. Before the first configuration the record has no verb for that. */
function useWhyNotActivate({ record, provider }: FormProps, secret: string): string | undefined {
  const { role } = useSession().me;
  // What was pasted is saved first.
  if (secret.trim() !== '') return undefined;
  if (record.endpoint) return whyDisabled(record, role, 'activate');
  return provider.secretFrom === 'operator' ? text.token.none : undefined;
}

/** What the form does, for its title. It goes on configuring after it has made the endpoint. */
function useTask(record: Connection | undefined): string {
  const [atFirst, setAtFirst] = useState(record);
  if (!atFirst && record) setAtFirst(record);
  return atFirst?.endpoint ? text.configure.editTitle : text.configure.title;
}

export default function ConfigurePage({ name }: { name: string }) {
  const { data: record, error, refetch } = useConnection(name);
  const title = `${useTask(record)}: ${name}`;
  useTitle(title);
  if (record) return <WithProvider record={record} title={title} />;
  return error ? (
    <PageProblem title={title} error={error} retry={refetch} />
  ) : (
    <Loading>{text.connection.loading}</Loading>
  );
}

function WithProvider({ record, title }: Omit<ConfigureProps, 'provider'>) {
  const { data: provider, error, refetch } = useProvider(record.provider);
  if (!record.allowedActions.includes('configure'))
    return (
      <NotAllowed title={title} reason={text.configure.notAllowed}>
        <WayOn to={`/connections/${record.name}`}>{text.shell.toConnection}</WayOn>
      </NotAllowed>
    );
  if (provider) return <ConfigureForm record={record} provider={provider} title={title} />;
  return error ? (
    <PageProblem title={title} error={error} retry={refetch} />
  ) : (
    <Loading>{text.connection.loading}</Loading>
  );
}
