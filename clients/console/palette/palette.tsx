/** Leads to whatever somebody names: a page, a connection or a destination, an event or a delivery by its id, a text in events. */
import Autosuggest, { type AutosuggestProps } from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { wholeList } from '../../../shared/operators/api/whole-list.ts';
import { allDestinations } from '../destinations/all-destinations.ts';
import { useRead, useSend } from '../session/queries.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { text } from '../text.ts';
import {
  connectionPages,
  destinationPages,
  exactGoal,
  type Goals,
  goalsOf,
  kindOfId,
  pages,
  searchFor,
} from './palette-goals.ts';
import { paletteText } from './palette-text.ts';

/** For how long names are not read again, in milliseconds. */
const freshMs = 60_000;

const namesOf = (all: readonly { name: string }[]): string[] => all.map(({ name }) => name);

async function readGoals(api: ApiClient): Promise<Pick<Goals, 'connections' | 'destinations'>> {
  const [connections, destinations] = await Promise.all([
    wholeList((query) => api.call('GET /v1/connections', { query })),
    allDestinations(api),
  ]);
  return { connections: connectionPages(namesOf(connections)), destinations: destinationPages(namesOf(destinations)) };
}

/** Asks for the page of what has this id. */
async function pageOfId(api: ApiClient, id: string): Promise<string> {
  const params = { id };
  if (kindOfId(id) === 'delivery') {
    const { destination } = await api.call('GET /v1/deliveries/{id}', { params });
    return `/destinations/${destination}/deliveries/${id}`;
  }
  const { connection } = await api.call('GET /v1/events/{id}', { params });
  return `/connections/${connection}/events/${id}`;
}

/** The value of an option is the path that it leads to, or an id. */
function optionsOf(typed: string, all: Goals): AutosuggestProps.Options {
  const found = goalsOf(typed, all);
  const kind = kindOfId(typed);
  const id = typed.trim();
  const groups = [
    ...(kind ? [{ label: paletteText.ids[kind], options: [{ value: id }] }] : []),
    ...(['pages', 'connections', 'destinations'] as const).map((each) => ({
      label: paletteText.groups[each],
      options: found[each].map(({ name, to }) => ({ value: to, label: name })),
    })),
    ...(id === '' || kind
      ? []
      : [{ label: paletteText.search, options: [{ value: searchFor(id), label: paletteText.searchFor(id) }] }]),
  ];
  return groups.filter(({ options }) => options.length > 0);
}

export function Palette({ dismiss }: { dismiss: () => void }) {
  const [typed, setTyped] = useState('');
  const [, navigate] = useLocation();
  const isOver = useRef(false);
  const { data, error: unread } = useRead(['palette'], readGoals, { freshMs });
  const all: Goals = { pages: [...pages], connections: [], destinations: [], ...data };
  const { mutate: findId, isPending, error } = useSend(pageOfId, go);

  function go(to: string) {
    // Enter chooses an option, and is told to the field too.
    if (isOver.current) return;
    isOver.current = true;
    dismiss();
    navigate(to);
  }
  const open = (value: string) => (value.startsWith('/') ? go(value) : findId(value));
  function enter() {
    const value = typed.trim();
    if (value !== '') open(kindOfId(value) ? value : (exactGoal(value, all) ?? searchFor(value)));
  }

  function press(key: string) {
    if (key === 'Enter') enter();
    // The field would only close its list.
    if (key === 'Escape') dismiss();
  }

  return (
    <ConfirmDialog
      title={text.shell.goTo}
      action={paletteText.go}
      isBusy={isPending}
      isBlocked={typed.trim() === ''}
      error={error}
      confirm={enter}
      dismiss={dismiss}
    >
      <FormField label={paletteText.label} description={paletteText.hint}>
        <Autosuggest
          value={typed}
          options={optionsOf(typed, all)}
          filteringType="manual"
          hideEnteredTextOption
          expandToViewport
          statusType={data ? 'finished' : unread ? 'error' : 'loading'}
          loadingText={paletteText.loading}
          errorText={paletteText.failed}
          onChange={({ detail }) => setTyped(detail.value)}
          onSelect={({ detail }) => open(detail.value)}
          onKeyDown={({ detail }) => press(detail.key)}
        />
      </FormField>
    </ConfirmDialog>
  );
}
