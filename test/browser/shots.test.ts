/** The pictures show every page in every state, and every dialog. A new page, or a new dialog, needs its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { tabs } from '../../clients/console/connection/connection-tab.ts';
import { destinationTabs } from '../../clients/console/destination/destination-tab.ts';
import { shotsOf } from './page-shots.ts';
import type { PictureData } from './picture-data.ts';
import { dialogsOf, type Furniture } from './places.ts';
import { type Shot, type State, states } from './shot.ts';

const data: PictureData = {
  ...{ event: 'evt_1', order: 'evt_2', delivery: 'dlv_1' },
  bodies: { json: 'evt_3' },
  long: { connection: 'long', event: 'evt_4' },
};
const shots = shotsOf(data);

/** Why a page has no picture of a state. */
const never: Record<string, Partial<Record<State, string>>> = {
  '/connections/:name': { empty: 'A connection always has something to say.' },
  '/connections/:name/configure': { empty: 'A form.' },
  '/connections/:name/setup': { empty: 'A connection always has steps.' },
  '/destinations/:name': { empty: 'A destination always has its settings.' },
  '/destinations/:name/edit': { empty: 'A form.' },
  '/destinations/:name/deliveries/:id': { empty: 'A delivery always has its facts.' },
  '/create-destination': { empty: 'A form.', loading: 'It reads nothing.', failing: 'It reads nothing.' },
};

/** The paths of the pages. The tabs of a connection and of a destination are pages here. */
function pages(): string[] {
  const source = readFileSync(join(import.meta.dirname, '../../clients/console/pages.tsx'), 'utf8');
  const written = Array.from(source.matchAll(/<Route path="([^"]+)"/g), ([, path = '']) => path);
  const own = written.filter((path) => !path.endsWith('/:tab'));
  const ofTabs = [
    ...tabs.filter(([tab]) => tab !== 'endpoint').map(([tab]) => `/connections/:name/${tab}`),
    ...destinationTabs.filter(([tab]) => tab !== 'settings').map(([tab]) => `/destinations/:name/${tab}`),
  ];
  return ['/connections', '/overview', ...own, ...ofTabs];
}

const isOf = (page: string, { path, dialog }: Shot): boolean =>
  dialog === undefined && new RegExp(`^${page.replaceAll(/:\w+/g, '[^/]+')}$`).test(path.replace(/[?#].*/, ''));

test.each(pages())('%s has a picture of each state, or says why it can’t have one', (page) => {
  const taken = new Set(shots.filter((shot) => isOf(page, shot)).map(({ state = 'full' }) => state));
  const said = never[page] ?? {};
  expect(states.map((state) => [state, taken.has(state)])).toEqual(
    states.map((state) => [state, said[state] === undefined]),
  );
});

test('each dialog has a picture', () => {
  const furniture = new Proxy({}, { get: () => '' }) as Furniture;
  const taken = new Set(shots.map(({ dialog }) => dialog));
  expect(dialogsOf(furniture).flatMap(({ component }) => (taken.has(component) ? [] : [component]))).toEqual([]);
});

test('no picture is overwritten by another one', () => {
  const names = shots.map(({ name }) => name.replaceAll(/[ ,]+/g, '-'));
  expect(new Set(names).size).toBe(names.length);
});
