/** The form that creates a connection. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { newConnectionNameForm } from '../../shared/endpoint/connection-name.ts';
import { useRead } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { home, hrefOf, useFollow } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';

function useProviders() {
  const { data, isPending, error } = useRead(['providers'], (api) => api.call('GET /v1/providers'));
  const options = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name, filteringTags: [id] }));
  return { options, status: isPending ? ('loading' as const) : error ? ('error' as const) : ('finished' as const) };
}

/** What is wrong with a name, if anything. */
const nameError = (name: string): string | undefined =>
  newConnectionNameForm.test(name) ? undefined : text.create.nameForm;

export default function CreatePage() {
  useTitle(text.create.title);
  const { api } = useSession();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const follow = useFollow();
  const providers = useProviders();
  const [name, setName] = useState('');
  const [provider, setProvider] = useState('generic');
  const [description, setDescription] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIsChecked(true);
    if (nameError(name)) return;
    setIsBusy(true);
    setError(undefined);
    try {
      const view = await api.call('POST /v1/connections', { body: { name, provider, description } });
      client.setQueryData(['connection', name], view);
      void client.invalidateQueries({ queryKey: ['connections'] });
      navigate(`/connections/${name}`);
    } catch (refusal) {
      setError(refusal);
      setIsBusy(false);
    }
  }

  const selected = providers.options.find(({ value }) => value === provider) ?? { value: provider, label: provider };
  return (
    <form onSubmit={submit}>
      <Form
        header={<Header variant="h1">{text.create.title}</Header>}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" href={hrefOf(home)} onFollow={follow}>
              {text.create.cancel}
            </Button>
            <Button variant="primary" formAction="submit" loading={isBusy}>
              {text.create.submit}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          <ProblemAlert error={error} />
          <Container>
            <SpaceBetween size="l">
              <FormField
                label={text.create.name}
                description={text.create.nameHint}
                constraintText={text.create.nameForm}
                errorText={isChecked || name.length > 1 ? nameError(name) : undefined}
              >
                <Input value={name} autoFocus spellcheck={false} onChange={({ detail }) => setName(detail.value)} />
              </FormField>
              <FormField label={text.create.provider} description={text.create.providerHint}>
                <Select
                  selectedOption={selected}
                  options={providers.options}
                  statusType={providers.status}
                  loadingText={text.create.providersLoading}
                  filteringType="auto"
                  filteringPlaceholder={text.create.providerFind}
                  filteringAriaLabel={text.create.providerFind}
                  onChange={({ detail }) => setProvider(detail.selectedOption.value ?? 'generic')}
                />
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
