/** The fields above the events: what to search for, or what to narrow the list to. */
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea, { type TextareaProps } from '@cloudscape-design/components/textarea';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { text } from '../text.ts';
import { consistent, type EventView, noView } from './event-view.ts';
import { TimeRangePicker } from './time-range-picker.tsx';

/** Whether a key is typed into something, or into a dialog that is open. */
const isTyped = ({ target }: KeyboardEvent): boolean =>
  (target instanceof Element && target.closest('input, textarea, select') !== null) ||
  document.querySelector('[role=dialog]') !== null;

/** Calls back when somebody presses `/`, as on many pages with a search. */
function useSlash(press: () => void) {
  const last = useRef(press);
  last.current = press;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyped(event)) return;
      event.preventDefault();
      last.current();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

interface FieldsProps {
  view: EventView;
  set: (change: Partial<EventView>) => void;
  isPattern: boolean;
  setIsPattern: (isPattern: boolean) => void;
  /** What is wrong with what is looked for. */
  mistake: string | undefined;
  /** Whether something else says already what is shown. */
  isOff: boolean;
}

function SearchFields({ view, set, isPattern, setIsPattern, mistake, isOff }: FieldsProps) {
  const input = useRef<InputProps.Ref>(null);
  const textarea = useRef<TextareaProps.Ref>(null);
  useSlash(() => (textarea.current ?? input.current)?.focus());
  const words = text.search;
  return (
    <SpaceBetween size="xs">
      <FormField
        label={isPattern ? words.pattern : words.label}
        description={isPattern ? words.patternHint : words.hint}
        errorText={mistake}
      >
        <div className="event-search">
          {isPattern ? (
            <Textarea
              ref={textarea}
              value={view.match}
              rows={4}
              spellcheck={false}
              disabled={isOff}
              placeholder={words.patternExample}
              onChange={({ detail }) => set({ match: detail.value })}
            />
          ) : (
            <Input
              ref={input}
              value={view.contains}
              spellcheck={false}
              disabled={isOff}
              onChange={({ detail }) => set({ contains: detail.value })}
            />
          )}
        </div>
      </FormField>
      <SpaceBetween direction="horizontal" size="l">
        <Checkbox checked={isPattern} disabled={isOff} onChange={({ detail }) => setIsPattern(detail.checked)}>
          {words.asPattern}
        </Checkbox>
        <Checkbox
          checked={view.large !== ''}
          disabled={isOff}
          onChange={({ detail }) => set({ large: detail.checked ? 'true' : '' })}
        >
          {words.large}
        </Checkbox>
      </SpaceBetween>
    </SpaceBetween>
  );
}

interface EventFiltersProps {
  applied: EventView;
  mistake: string | undefined;
  /** Whether what was applied last is being looked for. */
  isBusy: boolean;
  apply: (view: EventView) => void;
}

export function EventFilters({ applied, mistake, isBusy, apply }: EventFiltersProps) {
  const [{ view, isPattern, last }, setDraft] = useState({
    view: applied,
    isPattern: applied.match !== '',
    last: applied,
  });
  // A link, or the browser's way back.
  if (last !== applied) setDraft({ view: applied, isPattern: applied.match !== '', last: applied });
  const set = (change: Partial<EventView>) => setDraft({ view: { ...view, ...change }, isPattern, last });
  const [isOne, isSearched] = [view.deliveryId.trim() !== '', (isPattern ? view.match : view.contains).trim() !== ''];
  const isApplied = view.match.trim() === applied.match && view.contains.trim() === applied.contains;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isBusy) apply(consistent({ ...view, ...(isPattern ? { contains: '' } : { match: '' }) }));
  }
  return (
    <form onSubmit={submit}>
      <SpaceBetween size="m">
        <SearchFields
          view={view}
          set={set}
          isPattern={isPattern}
          setIsPattern={(next) => setDraft({ view, isPattern: next, last })}
          mistake={isApplied ? mistake : undefined}
          isOff={isOne}
        />
        <SpaceBetween direction="horizontal" size="s" alignItems="end">
          <FormField label={text.events.filterType} description={text.events.filterTypeHint}>
            <Input
              value={view.type}
              disabled={isOne || isSearched}
              onChange={({ detail }) => set({ type: detail.value })}
            />
          </FormField>
          <FormField label={text.events.filterDelivery}>
            <div className="delivery-id">
              <Input
                value={view.deliveryId}
                disabled={isSearched && !isOne}
                onChange={({ detail }) => set({ deliveryId: detail.value })}
              />
            </div>
          </FormField>
          <TimeRangePicker range={view} setRange={set} disabled={isOne} />
          <Button formAction="submit" loading={isBusy}>
            {text.events.apply}
          </Button>
          <Button
            variant="link"
            formAction="none"
            onClick={() => {
              setDraft({ view: noView, isPattern: false, last });
              apply(noView);
            }}
          >
            {text.events.clear}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </form>
  );
}
