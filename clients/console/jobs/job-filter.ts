/** What the list of jobs is narrowed to. It is in the part of the URL behind `#`, so that a link shows a colleague the same. */
import { useMemo } from 'react';
import { navigate, useLocationProperty } from 'wouter/use-browser-location';
import { jobsText } from './jobs-text.ts';

/** Empty fields narrow nothing. */
export interface JobFilter {
  kind: '' | keyof typeof jobsText.kinds;
  state: '' | keyof typeof jobsText.states;
  connection: string;
}

export const noFilter: JobFilter = { kind: '', state: '', connection: '' };

const choicesOf = <Value extends string>(labels: Record<Value, string>, every: string) => [
  { value: '' as const, label: every },
  ...(Object.entries(labels) as [Value, string][]).map(([value, label]) => ({ value, label })),
];

export const kinds = choicesOf(jobsText.kinds, jobsText.everyKind);
export const states = choicesOf(jobsText.states, jobsText.everyState);

/** The part of the request that narrows the list. */
export const queryOf = ({ kind, state, connection }: JobFilter) => ({
  ...(kind && { kind }),
  ...(state && { state }),
  ...(connection && { connection }),
});

/** The part of the URL that says a filter. Empty if it says nothing. */
export function jobHashOf(filter: Partial<JobFilter>): string {
  const said = Object.entries(filter).filter(([, value]) => value !== '');
  return said.length === 0 ? '' : `#${new URLSearchParams(said)}`;
}

/** The filter that a part of a URL says, which anybody can write. */
export function jobFilterIn(hash: string): JobFilter {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    kind: kinds.find(({ value }) => value === given.get('kind'))?.value ?? '',
    state: states.find(({ value }) => value === given.get('state'))?.value ?? '',
    connection: given.get('connection')?.trim() ?? '',
  };
}

export function useJobFilter(): [JobFilter, (next: JobFilter) => void] {
  const hash = useLocationProperty(() => location.hash);
  const filter = useMemo(() => jobFilterIn(hash), [hash]);
  return [filter, (next) => navigate(location.pathname + jobHashOf(next), { replace: true })];
}
