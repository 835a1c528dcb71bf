/** The tabs of a destination's page, by the last part of their URLs. */
import { text } from '../text.ts';

export type DestinationTab = keyof typeof text.destination.tabs;

export const destinationTabs = Object.entries(text.destination.tabs) as [DestinationTab, string][];

export const isDestinationTab = (name: string): name is DestinationTab => Object.hasOwn(text.destination.tabs, name);

/** Where a tab is. The first one has the page's own URL. */
export const destinationPath = (name: string, tab: string = 'settings'): string =>
  `/destinations/${name}${tab === 'settings' ? '' : `/${tab}`}`;
