/** The state of the form for a new connection, and how it is sent. */
import type { InputProps } from '@cloudscape-design/components/input';
import type { SelectProps } from '@cloudscape-design/components/select';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ApiBody } from '../../../shared/operators/api/api-client.ts';
import { useDraft, useKeptDraft } from '../session/drafts.ts';
import { useSend } from '../session/queries.tsx';
import { useHandedOn } from '../session/remembered.ts';
import { useSession } from '../session/session.tsx';
import { useGoOn } from '../shell/page-link.tsx';
import { nameError, nameTaken } from './new-name.ts';

interface Asked {
  body: ApiBody<'POST /v1/connections'>;
  /** Whether the rest is done too, on the next page. */
  isWhole: boolean;
}

/** Creates a connection, and goes on to its page, or to its setup. @param name what a person entered */
function useCreation(name: string) {
  const client = useQueryClient();
  const goOn = useGoOn();
  const [, handOn] = useHandedOn<boolean>(`setup of ${name}`);
  return useSend(
    async (api, { body, isWhole }: Asked) => ({ view: await api.call('POST /v1/connections', { body }), isWhole }),
    ({ view, isWhole }) => {
      client.setQueryData(['connection', view.name], view);
      void client.invalidateQueries({ queryKey: ['connections'] });
      if (isWhole) handOn(true);
      goOn(`/connections/${view.name}${isWhole ? '/setup' : ''}`);
    },
  );
}

export function useNewConnection() {
  const draft = useDraft<{ name: string; provider: string; description: string }>(useSession().me.id);
  const [name, setName] = useState(draft?.name ?? '');
  const [provider, setProvider] = useState(draft?.provider);
  const [description, setDescription] = useState(draft?.description ?? '');
  useKeptDraft(() => ({
    plain: { ...(name && { name }), ...(provider !== undefined && { provider }), ...(description && { description }) },
    secrets: {},
  }));
  const [isChecked, setIsChecked] = useState(false);
  const nameField = useRef<InputProps.Ref>(null);
  const providerList = useRef<SelectProps.Ref>(null);
  const { mutate, isPending, variables, error, reset } = useCreation(name);
  const taken = nameTaken(error);
  return {
    isRestored: draft !== undefined,
    ...{ name, provider, setProvider, description, setDescription },
    ...{ nameField, providerList, error },
    /** What the API says of a name that is taken. */
    taken,
    /** What is wrong with the name. While a person types the first letter, nothing is. */
    nameError: taken ?? (isChecked || name.length > 1 ? nameError(name) : undefined),
    isProviderMissing: isChecked && provider === undefined,
    isSending: (isWhole: boolean) => isPending && variables.isWhole === isWhole,
    enterName(entered: string) {
      setName(entered);
      // Another name may be free.
      if (taken !== undefined) reset();
    },
    /** @param isWhole whether the rest is done too */
    create(isWhole: boolean) {
      setIsChecked(true);
      if (nameError(name)) nameField.current?.focus();
      else if (provider === undefined) providerList.current?.focus();
      else {
        mutate(
          { body: { name, provider, description }, isWhole },
          { onError: (refused) => nameTaken(refused) !== undefined && nameField.current?.focus() },
        );
      }
    },
  };
}

export type NewConnectionForm = ReturnType<typeof useNewConnection>;
