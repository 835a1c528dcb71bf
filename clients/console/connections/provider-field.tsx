/** The field in which a person chooses the provider of a new connection. */
import FormField from '@cloudscape-design/components/form-field';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import type { KeyboardEvent, RefObject } from 'react';
import { anyOther } from '../connection/sender-name.ts';
import { text } from '../text.ts';
import { foundProvider } from './found-provider.ts';
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

interface ProviderFieldProps {
  provider: string | undefined;
  choose: (provider: string | undefined) => void;
  /** Whether to say that a provider is missing. */
  isMissing: boolean;
  list: RefObject<SelectProps.Ref | null>;
}

export function ProviderField({ provider, choose, isMissing, list }: ProviderFieldProps) {
  const { options, status, refetch } = useOptions();

  /** Enter in the search chooses what was found. If an option is highlighted, the list itself chooses that one. */
  function chooseFound(event: KeyboardEvent) {
    const { key, target } = event;
    if (key !== 'Enter' || !(target instanceof HTMLInputElement) || target.getAttribute('aria-activedescendant'))
      return;
    // The search is inside of the form, which would be sent.
    event.preventDefault();
    const found = foundProvider(options, target.value);
    if (!found) return;
    choose(found.value);
    // The list closes when its button has the focus.
    list.current?.focus();
  }

  return (
    <FormField
      label={text.create.provider}
      description={text.create.providerHint}
      errorText={isMissing ? text.create.providerMissing : undefined}
    >
      <div onKeyDownCapture={chooseFound}>
        <Select
          ref={list}
          selectedOption={options.find(({ value }) => value === provider) ?? null}
          options={options}
          statusType={status}
          placeholder={text.create.providerChoose}
          loadingText={text.create.providersLoading}
          errorText={text.create.providersFailed}
          recoveryText={text.problem.retry}
          onLoadItems={() => status === 'error' && void refetch()}
          noMatch={text.create.providerNoMatch}
          filteringType="auto"
          filteringPlaceholder={text.create.providerFind}
          filteringAriaLabel={text.create.providerFind}
          onChange={({ detail }) => choose(detail.selectedOption.value)}
        />
      </div>
    </FormField>
  );
}
