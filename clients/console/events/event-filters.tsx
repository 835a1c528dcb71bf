/** What is above the events: the properties that they have to have, or an event pattern, and the time of their arrival. */
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea, { type TextareaProps } from '@cloudscape-design/components/textarea';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type RefObject, useMemo, useRef, useState } from 'react';
import { eventsText } from '../events-text.ts';
import { PageLink } from '../shell/page-link.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { text } from '../text.ts';
import type { EventListItem } from './event-pages.ts';
import { consistent, type EventListView, noView, patternOfView, readsBodies, saysWhat } from './event-request.ts';
import { optionsOf, properties, tokensOf, withTokens } from './event-tokens.ts';
import { hashOf } from './event-view.ts';
import { TimeRangePicker } from './time-range-picker.tsx';

interface PropertiesProps {
  filter: RefObject<PropertyFilterProps.Ref | null>;
  name: string | undefined;
  applied: EventListView;
  mistake: string | undefined;
  apply: (view: EventListView) => void;
}

function Properties({ filter, name, applied, mistake, apply }: PropertiesProps) {
  const client = useQueryClient();
  const [seen, setSeen] = useState<readonly EventListItem[]>([]);
  const [wrong, setWrong] = useState<{ of: EventListView; text: string }>();
  const options = useMemo(() => optionsOf(seen), [seen]);
  const [noted, setNoted] = useState('');
  const lookAround = () => {
    const pages = client.getQueriesData<{ items: readonly EventListItem[] }>({ queryKey: ['events', name] });
    const events = pages.flatMap(([, page]) => page?.items ?? []);
    const key = events.map(({ id }) => id).join();
    if (key === noted) return;
    setNoted(key);
    setSeen(events);
  };
  return (
    <FormField
      label={eventsText.filter}
      description={name === undefined ? eventsText.filterHintOfAll : eventsText.filterHint}
      errorText={wrong?.of === applied ? wrong.text : mistake}
      stretch
    >
      <PropertyFilter
        ref={filter}
        query={{ operation: 'and', tokens: tokensOf(applied) }}
        readOnlyOperations
        filteringProperties={properties}
        filteringOptions={options}
        freeTextFiltering={{ operators: [':'], defaultOperator: ':' }}
        filteringAriaLabel={eventsText.filter}
        filteringPlaceholder={eventsText.filterPlaceholder}
        expandToViewport
        i18nStrings={{ enteredTextLabel: eventsText.use }}
        onLoadItems={lookAround}
        onChange={({ detail }) => {
          const next = withTokens(applied, detail.tokens);
          if ('mistake' in next) setWrong({ of: applied, text: eventsText.mistakes[next.mistake] });
          else {
            setWrong(undefined);
            apply(next);
          }
        }}
      />
    </FormField>
  );
}

interface PatternProps {
  field: RefObject<TextareaProps.Ref | null>;
  applied: EventListView;
  /** What the field says at first. */
  draft: string;
  mistake: string | undefined;
  isBusy: boolean;
  apply: (view: EventListView) => void;
}

function Pattern({ field, applied, draft, mistake, isBusy, apply }: PatternProps) {
  const [{ value, last }, set] = useState({ value: draft, last: applied.match });
  // A link, or the browser's way back.
  if (last !== applied.match) set({ value: applied.match, last: applied.match });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isBusy && value.trim() !== '') apply(consistent({ ...applied, match: value }));
  }
  return (
    <form onSubmit={submit}>
      <SpaceBetween size="xs">
        <FormField
          label={text.search.pattern}
          description={text.search.patternHint}
          errorText={value.trim() === applied.match ? mistake : undefined}
          stretch
        >
          <Textarea
            ref={field}
            value={value}
            rows={4}
            spellcheck={false}
            placeholder={text.search.patternExample}
            onChange={({ detail }) => set({ value: detail.value, last })}
          />
        </FormField>
        <Button formAction="submit" loading={isBusy}>
          {text.events.apply}
        </Button>
      </SpaceBetween>
    </form>
  );
}

interface EventFiltersProps {
  /** The connection whose events were seen, which the filter suggests values of. */
  name?: string;
  applied: EventListView;
  mistake: string | undefined;
  /** Whether what was applied last is being looked for. */
  isBusy: boolean;
  apply: (view: EventListView) => void;
}

/** The pattern that the properties of a view say, for a person who wants to write more than they can. */
const asJson = (view: EventListView): string => {
  const pattern = patternOfView(view);
  return Object.keys(pattern).length === 0 ? '' : JSON.stringify(pattern, undefined, 2);
};

export function EventFilters({ name, applied, mistake, isBusy, apply }: EventFiltersProps) {
  const [wantsPattern, setWantsPattern] = useState(false);
  const filter = useRef<PropertyFilterProps.Ref>(null);
  const field = useRef<TextareaProps.Ref>(null);
  useKeys({ '/': () => (field.current ?? filter.current)?.focus() });
  const isPattern = applied.match !== '' || wantsPattern;
  function change(toPattern: boolean) {
    setWantsPattern(toPattern);
    if (!toPattern && applied.match !== '')
      apply({ ...noView, ...{ hours: applied.hours, from: applied.from, to: applied.to } });
  }
  const fields = { applied, mistake, apply };
  return (
    <section className="event-filters" aria-label={eventsText.filter} aria-keyshortcuts="/">
      <div className="event-filter">
        {isPattern ? (
          <Pattern {...fields} field={field} draft={applied.match || asJson(applied)} isBusy={isBusy} />
        ) : (
          <Properties {...fields} filter={filter} name={name} />
        )}
        <TimeRangePicker range={applied} setRange={(range) => apply(consistent({ ...applied, ...range }))} />
      </div>
      <SpaceBetween direction="horizontal" size="l">
        <Checkbox checked={isPattern} onChange={({ detail }) => change(detail.checked)}>
          {text.search.asPattern}
        </Checkbox>
        {readsBodies(applied) && (
          <Checkbox
            checked={applied.large !== ''}
            onChange={({ detail }) => apply({ ...applied, large: detail.checked ? 'true' : '' })}
          >
            {text.search.large}
          </Checkbox>
        )}
        {name !== undefined && saysWhat(applied) && (
          <PageLink to={`/search${hashOf(applied)}`}>{eventsText.all.link}</PageLink>
        )}
      </SpaceBetween>
    </section>
  );
}
