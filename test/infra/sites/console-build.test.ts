import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import { digestOfSources, sources } from '../../../infra/sites/console-build.ts';

let folder: string;
const write = (file: string, content: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
};

/** A file of each source. */
const files = [
  'clients/console/events/page.tsx',
  'clients/console/index.html',
  'shared/operators/api/client.ts',
  'tsconfig.json',
  'package-lock.json',
];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-sources-'));
  for (const file of files) write(file, `the content of ${file}`);
});
afterEach(() => rmSync(folder, { recursive: true }));

const changes: [change: string, make: () => void][] = [
  ...files.map((file): [string, () => void] => [`a change of ${file}`, () => write(file, 'another content')]),
  ['a new file', () => write('shared/operators/api/new.ts', '')],
  ['a file less', () => rmSync(join(folder, 'clients/console/index.html'))],
  [
    'another name of a file',
    () => renameSync(join(folder, 'shared/operators/api/client.ts'), join(folder, 'shared/operators/api/clients.ts')),
  ],
  [
    'a line that moved to the next file',
    () => {
      write('clients/console/events/page.tsx', 'the content');
      write(
        'clients/console/index.html',
        ' of clients/console/events/page.tsx\nthe content of clients/console/index.html',
      );
    },
  ],
];

test.each(changes)('%s makes another build', (_, change) => {
  const before = digestOfSources(folder);
  expect(digestOfSources(folder)).toBe(before);
  change();
  expect(digestOfSources(folder)).not.toBe(before);
});

test('a change of what the console does not read makes no other build', () => {
  const before = digestOfSources(folder);
  write('functions/ingest.ts', 'new');
  expect(digestOfSources(folder)).toBe(before);
});

test('the console is built from these sources and from packages alone', () => {
  const { metafile } = buildSync({
    entryPoints: ['clients/console/main.tsx'],
    bundle: true,
    write: false,
    outdir: 'unused',
    metafile: true,
    packages: 'external',
    logLevel: 'silent',
  });
  const read = Object.keys(metafile.inputs);
  expect(read.filter((file) => !sources.some((source) => file === source || file.startsWith(`${source}/`)))).toEqual(
    [],
  );
  expect(read).toContain('clients/console/app.tsx');
});
