/** The form that creates a connection. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { ApiBody } from '../../shared/api/api-client.ts';
import { anyOther } from '../connection/sender-name.ts';
import { useSend } from '../session/queries.tsx';
import { useHandedOn } from '../session/remembered.ts';
import { useSession } from '../session/session.tsx';
import { setupText } from '../setup/setup-text.ts';
import { FormActions } from '../shell/form-actions.tsx';
import { NotAllowed } from '../shell/not-allowed.tsx';
import { ConnectionsButton, hrefOf, PageLink, useFollow, useGoOn } from '../shell/page-link.tsx';
import { home } from '../shell/page-paths.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { foundProvider } from './found-provider.ts';
import { isConnectionTaken, nameError, nameTaken } from './new-name.ts';
import { useProviders } from './providers.ts';

/** The providers by name, after the one for every other sender. */
function useOptions() {
  const { data, isPending, error, refetch } = useProviders();
  const rankOf = ({ id }: { id: string }) => (id === anyOther ? 0 : 1);
  const options = [...(data?.items ?? [])]
    .sort((one, other) => rankOf(one) - rankOf(other) || one.name.localeCompare(other.name, 'en'))
    .map(({ id, name }) => ({
      value: id,
      label: name,
      // A tag is shown where it matches. One that says the same as the name would only be noise.
      ...(!name.toLowerCase().includes(id) && { filteringTags: [id] }),
    }));
  const status = isPending ? ('loading' as const) : error ? ('error' as const) : ('finished' as const);
  return { options, status, refetch };
}

export default function CreatePage() {
  useTitle(text.create.title);
  const { me } = useSession();
  if (me.allowedActions.includes('createConnection')) return <CreateForm />;
  return (
    <NotAllowed title={text.create.title} reason={text.connections.createNotAllowed}>
      <ConnectionsButton />
    </NotAllowed>
  );
}

interface Asked {
  body: ApiBody<'POST /v1/connections'>;
  /** Whether the rest is done too, on the next page. */
  isWhole: boolean;
}

function CreateForm() {
  const client = useQueryClient();
  const goOn = useGoOn();
  const follow = useFollow();
  const providers = useOptions();
  const [name, setName] = useState('');
  const [provider, setProvider] = useState<string>();
  const [description, setDescription] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const nameField = useRef<InputProps.Ref>(null);
  const list = useRef<SelectProps.Ref>(null);
  const [, handOn] = useHandedOn<boolean>(`setup of ${name}`);
  const { mutate, isPending, variables, error, reset } = useSend(
    async (api, { body, isWhole }: Asked) => ({ view: await api.call('POST /v1/connections', { body }), isWhole }),
    ({ view, isWhole }) => {
      client.setQueryData(['connection', view.name], view);
      void client.invalidateQueries({ queryKey: ['connections'] });
      if (isWhole) handOn(true);
      goOn(`/connections/${view.name}${isWhole ? '/setup' : ''}`);
    },
  );

  function create(isWhole: boolean) {
    setIsChecked(true);
    if (nameError(name)) nameField.current?.focus();
    else if (provider === undefined) list.current?.focus();
    else {
      mutate(
        { body: { name, provider, description }, isWhole },
        { onError: (refused) => nameTaken(refused) !== undefined && nameField.current?.focus() },
      );
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    create(true);
  }

  function enterName(entered: string) {
    setName(entered);
    // Another name may be free.
    if (taken !== undefined) reset();
  }

  /** Enter in the search chooses what was found. If an option is highlighted, the list itself chooses that one. */
  function chooseFound(event: KeyboardEvent) {
    const { key, target } = event;
    if (key !== 'Enter' || !(target instanceof HTMLInputElement) || target.getAttribute('aria-activedescendant'))
      return;
    // The search is inside of the form, which would be sent.
    event.preventDefault();
    const found = foundProvider(providers.options, target.value);
    if (!found) return;
    setProvider(found.value);
    // The list closes when its button has the focus.
    list.current?.focus();
  }

  const taken = nameTaken(error);
  const selected = providers.options.find(({ value }) => value === provider) ?? null;
  return (
    <form onSubmit={submit}>
      <Form
        header={
          <Header variant="h1" description={setupText.hint}>
            {text.create.title}
          </Header>
        }
        actions={
          <FormActions>
            <Button variant="link" formAction="none" href={hrefOf(home)} onFollow={follow}>
              {text.create.cancel}
            </Button>
            <Button
              formAction="none"
              loading={isPending && !variables.isWhole}
              disabled={isPending && variables.isWhole}
              onClick={() => create(false)}
            >
              {text.create.submit}
            </Button>
            <Button
              variant="primary"
              formAction="submit"
              loading={isPending && variables.isWhole}
              disabled={isPending && !variables.isWhole}
            >
              {setupText.submit}
            </Button>
          </FormActions>
        }
      >
        <SpaceBetween size="m">
          <ProblemAlert error={taken === undefined ? error : undefined} />
          <Container>
            <SpaceBetween size="l">
              <FormField
                label={text.create.name}
                description={text.create.nameHint}
                constraintText={text.create.nameForm}
                errorText={
                  isConnectionTaken(error) ? (
                    <>
                      {taken}{' '}
                      <PageLink to={`/connections/${name}/setup`} fontSize="body-s">
                        {setupText.taken(name)}
                      </PageLink>
                    </>
                  ) : (
                    (taken ?? (isChecked || name.length > 1 ? nameError(name) : undefined))
                  )
                }
              >
                <Input
                  ref={nameField}
                  value={name}
                  autoFocus
                  spellcheck={false}
                  onChange={({ detail }) => enterName(detail.value)}
                />
              </FormField>
              <FormField
                label={text.create.provider}
                description={text.create.providerHint}
                errorText={isChecked && provider === undefined ? text.create.providerMissing : undefined}
              >
                <div onKeyDownCapture={chooseFound}>
                  <Select
                    ref={list}
                    selectedOption={selected}
                    options={providers.options}
                    statusType={providers.status}
                    placeholder={text.create.providerChoose}
                    loadingText={text.create.providersLoading}
                    errorText={text.create.providersFailed}
                    recoveryText={text.problem.retry}
                    onLoadItems={() => providers.status === 'error' && void providers.refetch()}
                    noMatch={text.create.providerNoMatch}
                    filteringType="auto"
                    filteringPlaceholder={text.create.providerFind}
                    filteringAriaLabel={text.create.providerFind}
                    onChange={({ detail }) => setProvider(detail.selectedOption.value)}
                  />
                </div>
              </FormField>
              <FormField
                label={
                  <>
                    {text.create.description} <i>– {text.create.optional}</i>
                  </>
                }
              >
                <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
              </FormField>
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      </Form>
    </form>
  );
}
