/** What the palette leads to. */

import { noView } from '../events/event-request.ts';
import { hashOf } from '../events/event-view.ts';
import { connectionsPath, destinationsPath, overviewPath } from '../shell/page-paths.ts';
import { text } from '../text.ts';

/** A page that has a name. */
export interface NamedPage {
  name: string;
  /** Its path behind `/console`. */
  to: string;
}

export type Goals = Record<'pages' | 'connections' | 'destinations', NamedPage[]>;

/** The pages without a name of somebody's. */
export const pages: readonly NamedPage[] = [
  { name: text.shell.overview, to: overviewPath },
  { name: text.shell.connections, to: connectionsPath },
  { name: text.shell.destinations, to: destinationsPath },
  { name: text.shell.jobs, to: '/jobs' },
  { name: text.shell.operators, to: '/operators' },
];

export const connectionPages = (names: readonly string[]): NamedPage[] =>
  names.map((name) => ({ name, to: `${connectionsPath}/${name}` }));

export const destinationPages = (names: readonly string[]): NamedPage[] =>
  names.map((name) => ({ name, to: `${destinationsPath}/${name}` }));

/** The most of each kind that are shown: more are not read. */
const mostShown = 8;

/** Those that have the text in their names: first those that begin with it. */
function named(all: readonly NamedPage[], typed: string): NamedPage[] {
  const places = all.map((page) => ({ page, at: page.name.toLowerCase().indexOf(typed) }));
  return places
    .filter(({ at }) => at >= 0)
    .sort((one, other) => Number(one.at > 0) - Number(other.at > 0))
    .slice(0, mostShown)
    .map(({ page }) => page);
}

/** What a typed text leads to. */
export function goalsOf(typed: string, all: Goals): Goals {
  const part = typed.trim().toLowerCase();
  return {
    pages: named(all.pages, part),
    connections: named(all.connections, part),
    destinations: named(all.destinations, part),
  };
}

/** The search for a text in the events of all connections. */
export const searchFor = (typed: string): string => `/search${hashOf({ ...noView, contains: typed.trim() })}`;

/** What a typed text is the id of. A delivery's id has that of its event in it. */
export function kindOfId(typed: string): 'event' | 'delivery' | undefined {
  const id = typed.trim();
  if (/^evt_[0-9a-z]{26}$/.test(id)) return 'event';
  return /^dlv_evt_[0-9a-z]{26}_\S+$/.test(id) ? 'delivery' : undefined;
}

/** Where a typed name leads, if only one has exactly that. */
export function exactGoal(typed: string, all: Goals): string | undefined {
  const name = typed.trim().toLowerCase();
  const same = Object.values<NamedPage[]>(all).flatMap((pages) =>
    pages.filter((page) => page.name.toLowerCase() === name),
  );
  return same.length === 1 ? same[0]?.to : undefined;
}
