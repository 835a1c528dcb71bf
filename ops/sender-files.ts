/** The files that list the senders. All are generated, so that a new sender is one new file in `shared/provider/presets/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'shared/provider/presets';

interface SenderFile {
  id: string;
  hasOtherNames: boolean;
}

/** The files of the senders, in alphabetical order of their ids. */
function senderFiles(root: string): SenderFile[] {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.ts'));
  return files
    .map((file) => file.slice(0, -3))
    .sort()
    .map((id) => {
      const code = readFileSync(join(root, folder, `${id}.ts`), 'utf8');
      return { id, hasOtherNames: /^export const otherNames\b/m.test(code) };
    });
}

/** The contents of one generated file. */
interface Listing {
  path: string;
  /** The name that each sender's file exports. */
  exported: string;
  /** The constant with the exports of all senders, by id. */
  constant: string;
  /** The type of each export, from `shared/provider/preset.ts`. Undefined if each export keeps its own type. */
  type?: string;
}

const listings: Listing[] = [
  { path: 'shared/provider/generated/all-presets.ts', exported: 'preset', constant: 'presets' },
  { path: 'shared/provider/generated/all-guides.ts', exported: 'guide', constant: 'guides', type: 'Guide' },
  { path: 'shared/provider/generated/all-other-names.ts', exported: 'otherNames', constant: 'otherNames' },
  { path: 'test/shared/provider/all-samples.ts', exported: 'sample', constant: 'samples', type: 'Sample' },
];

/** Converts an id to a name in TypeScript: `aws-sns` becomes `awsSns`. */
const nameOf = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const entryOf = (id: string): string => (nameOf(id) === id ? `  ${id},` : `  '${id}': ${nameOf(id)},`);

function listingText({ path, exported, constant, type }: Listing, ids: string[]): string {
  const up = path.startsWith('test/') ? '../../../shared/provider' : '..';
  const imports = ids.map((id) => `import { ${exported} as ${nameOf(id)} } from '${up}/presets/${id}.ts';`);
  return [
    '// Written by npm run providers.',
    ...(type ? [`import type { ${type} } from '${up}/preset.ts';`] : []),
    ...imports,
    ...(type ? [`import type { ProviderId } from '${up}/presets.ts';`] : []),
    '',
    `export const ${constant}${type ? `: Record<ProviderId, ${type}>` : ''} = {`,
    ...ids.map(entryOf),
    '};',
    '',
  ].join('\n');
}

/** The text of each file that lists the senders, by its path under the root of the project. */
export function senderListings(root: string): Map<string, string> {
  const files = senderFiles(root);
  return new Map(
    listings.map((listing) => {
      const listed = listing.exported === 'otherNames' ? files.filter(({ hasOtherNames }) => hasOtherNames) : files;
      return [
        listing.path,
        listingText(
          listing,
          listed.map(({ id }) => id),
        ),
      ];
    }),
  );
}
