/**
 * The form "Configure endpoint". As in the procedure that it follows, the token and the activation are in the form: both send the
 * form's settings first. Before that, Cancel changes nothing.
 */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ChangedRecord } from '../shell/changed-meanwhile.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { FormPage } from '../shell/form-page.tsx';
import { NotAllowed } from '../shell/not-allowed.tsx';
import { useGoOn, WayOn } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { UnreadPage } from '../shell/unread-page.tsx';
import { useTitle } from '../shell/use-title.ts';
import { useUnsaved } from '../shell/use-unsaved.tsx';
import { text } from '../text.ts';
import { type ConnectionAnswer, useConnection } from './connection-record.ts';
import { useProvider } from './provider.ts';
import { MoreSettings, PlacesField } from './settings-fieldset.tsx';
import { TokenSection } from './token-section.tsx';
import { type Configuration, type FormProps, useConfiguration } from './use-configuration.ts';

interface ConfigureProps extends FormProps {
  title: string;
}

interface ButtonsProps {
  configuration: Configuration;
  /** Whether the endpoint was there when the form began. */
  isUpdate: boolean;
  askOrUpdate: () => void;
}

/** The button that saves, and the one that activates, if the form offers that. */
function ConfigureButtons({ configuration, isUpdate, askOrUpdate }: ButtonsProps) {
  const { isActivating, whyNotActivate, busy } = configuration;
  return (
    <>
      <Button
        {...(isActivating
          ? { formAction: 'none', onClick: askOrUpdate }
          : { formAction: 'submit', variant: 'primary' })}
        loading={busy === text.configure.update}
      >
        {isUpdate ? text.configure.update : text.configure.save}
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
    </>
  );
}

/** The fields of the form, from the token's places to what rarely differs. */
function ConfigureFields({ record, provider, configuration }: FormProps & { configuration: Configuration }) {
  const { change, form, entry, removal, busy } = configuration;
  return (
    <SpaceBetween size="l">
      <PlacesField form={form} />
      <TokenSection
        record={record}
        provider={provider}
        change={change}
        entry={{ ...entry, change: { ...entry.change, busy } }}
        removal={removal}
      />
      <MoreSettings form={form} hasDeliveryId={provider.dedupe !== undefined} />
      {/* Above the buttons, where whoever pressed one looks. */}
      {form.theirs && <ChangedRecord what="endpoint" theirs={form.theirs} />}
      <ProblemAlert error={form.hasRefusedField || form.theirs ? undefined : change.error} />
    </SpaceBetween>
  );
}

function ConfigureForm({ record, provider, title }: ConfigureProps) {
  const configuration = useConfiguration({ record, provider });
  const { isUnsaved, isActivating, whyNotActivate, removal, busy } = configuration;
  const [isUpdate] = useState(record.endpoint !== null);
  const [isAsking, setIsAsking] = useState(false);
  const goOn = useGoOn();
  // A token that was made here looks like an entry of the form, but stays without a press of Activate.
  const isMade = !removal.isOffered && (record.endpoint?.tokens.length ?? 0) > 0;
  const isInactiveYet = isMade && record.allowedActions.includes('activate');
  const { question, leave } = useUnsaved(isUnsaved || isInactiveYet, isUnsaved ? text.unsaved : text.inactiveYet);
  const page = `/connections/${record.name}`;

  async function leaveAfter(act: () => Promise<boolean>) {
    setIsAsking(false);
    if (await act()) leave(() => goOn(page));
  }
  const askOrUpdate = () =>
    removal.isChosen && record.status === 'active' ? setIsAsking(true) : void leaveAfter(configuration.update);

  function submit() {
    if (busy !== undefined) return;
    if (!isActivating) askOrUpdate();
    else if (whyNotActivate === undefined) void leaveAfter(configuration.activate);
  }
  return (
    <FormPage
      title={title}
      description={isUpdate ? text.configure.edit(provider.name) : text.configure.defaults(provider.name)}
      cancelTo={page}
      buttons={<ConfigureButtons configuration={configuration} isUpdate={isUpdate} askOrUpdate={askOrUpdate} />}
      isRestored={configuration.form.isRestored}
      submit={submit}
    >
      <SpaceBetween size="l">
        {record.managedBy && <Alert type="warning">{text.connection.managedElsewhere(record.managedBy)}</Alert>}
        <ConfigureFields record={record} provider={provider} configuration={configuration} />
        {question}
        {isAsking && (
          <ConfirmDialog
            title={text.configure.updateTitle}
            action={text.configure.update}
            isBusy={busy !== undefined}
            confirm={() => leaveAfter(configuration.update)}
            dismiss={() => setIsAsking(false)}
          >
            <Box variant="p">{text.configure.updateActive}</Box>
          </ConfirmDialog>
        )}
      </SpaceBetween>
    </FormPage>
  );
}

/** What the form does, for its title. It goes on configuring after it has made the endpoint. */
function useTask(record: ConnectionAnswer | undefined): string {
  const [atFirst, setAtFirst] = useState(record);
  if (!atFirst && record) setAtFirst(record);
  return atFirst?.endpoint ? text.configure.editTitle : text.configure.title;
}

export function ConfigurePage({ name }: { name: string }) {
  const { data: record, error, refetch } = useConnection(name);
  const title = `${useTask(record)}: ${name}`;
  useTitle(title);
  if (record) return <WithProvider record={record} title={title} />;
  return <UnreadPage title={title} error={error} retry={refetch} loading={text.connection.loading} />;
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
  return <UnreadPage title={title} error={error} retry={refetch} loading={text.connection.loading} />;
}
