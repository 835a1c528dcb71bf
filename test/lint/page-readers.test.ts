/** Whoever reads a list in pages reads all of them, or one for a reason. They are found in the code, and not from memory. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { pageReadersIn } from './page-reader.ts';

const root = resolve(import.meta.dirname, '../..');
const sample = 'test/lint/page-reader-sample.ts';
const folders = /^(clients|functions|shared|tools\/ops)\/.*(?<!\.d)\.tsx?$/;

/** Who needs no case, by the reason, and what shows it in the reader's text. */
const reasons: Readonly<Record<string, readonly [shown: RegExp, readers: readonly string[]]>> = {
  'a person asks for the next page': [
    /nextCursor/,
    [
      'clients/console/events/event-reads.ts useLiveEvents',
      'clients/console/events/event-reads.ts useLiveEvents.showPage',
      'clients/console/shell/paged-table.tsx PagedTable',
    ],
  ],
  'the job keeps the cursor': [
    /\bafter\b[\s\S]+\bpageResultOf\(begunAt, .+, next\)/,
    ['shared/deliveries/dispatch/redelivery-page.ts redeliveryPage', 'shared/events/event/replay-page.ts replayPage'],
  ],
  'the newest are enough': [
    /limit: ('\d+'|1 |max)|\buseLatestEvents\(/,
    [
      'clients/console/connection/hold-panel.tsx ReleasePanel',
      'clients/console/deliveries/redelivery-reads.ts useOpenRedelivery',
      'clients/console/events/events-tab.tsx EventTable',
      'clients/console/events/replay-dialog.tsx useOpenReplay',
      'clients/console/jobs/still-note.tsx NotBegunNote',
      'clients/console/overview/overview-reads.ts mostOftenOf',
      'clients/console/routes/changed-routes.tsx LastChange',
      'clients/console/routes/use-dry-run.ts useDryRun',
      'clients/console/setup/first-webhook.tsx useArrived',
      'functions/api-deliveries.ts readHealth',
      'shared/operators/wait/connection-asker.ts rejections',
    ],
  ],
  'it says whether there are more': [
    /\b(isMore|complete): pages\.|isWhole: (isLast\b|next === undefined)/,
    [
      'shared/deliveries/dispatch/delivery-lists.ts deliveryLists.backlogOf',
      'shared/deliveries/dispatch/delivery-lists.ts deliveryLists.ofEvents',
      'shared/deliveries/dispatch/delivery-lists.ts deliveryLists.redeliveredBy',
      'shared/events/event/held-event-count.ts heldCounter',
    ],
  ],
  'a look-up by delivery id is answered at once': [
    /query = \{ deliveryId, /,
    ['shared/operators/api/refused-delivery.ts refusalsOfDelivery'],
  ],
  'what it wants is on the first page': [
    /\.listConnections\(1\)\)\.connections\.length === 0|\{ upTo \} = await/,
    ['functions/sweep-secrets.ts sweepSecrets', 'shared/operators/wait/wait-for-events.ts timeOf'],
  ],
};

/** A command that says with which cursor to go on. It needs no case. */
const tellsCursor = ([name, text]: [string, string]): boolean =>
  name.startsWith('clients/cli/commands/') && /\bnoteMore\(session, |--cursor \$\{found\.nextCursor\}/.test(text);

/** The readers that have a case with pages of one item. */
const cases = ['test/shared/page-cases.test.ts', 'test/clients/console/page-cases.test.ts'].flatMap((path) =>
  [...readFileSync(resolve(root, path), 'utf8').matchAll(/^ {2}'(\S+\.tsx? \S+)': /gm)].map(([, name]) => name),
);

const isOfInterest = (path: string): boolean => path === sample || folders.test(path);
const found = pageReadersIn(root, resolve(import.meta.dirname, 'page-readers.tsconfig.json'), isOfInterest);
const inSample = [...found].filter(([name]) => name.startsWith(sample));
const inCode = [...found].filter(([name]) => !name.startsWith(sample));

test('each of them has a case or a reason, and nobody else', () => {
  const readers = inCode.filter((each) => !tellsCursor(each)).map(([name]) => name);
  expect(readers.toSorted()).toEqual([...cases, ...Object.values(reasons).flatMap(([, names]) => names)].toSorted());
});

test.each(Object.entries(reasons))('%s, as each of these shows', (_, [shown, names]) => {
  expect(names.filter((name) => !shown.test(found.get(name) ?? ''))).toEqual([]);
});

test('the sample has eight readers', () => {
  const names = inSample.map(([name]) => name.split(' ')[1]);
  expect(names).toEqual(['reader1', 'reader2', 'reader3', 'reader4', 'reader5', 'outer.reader6', 'reader7', 'reader8']);
});
