/** The files that list the senders. All are generated, so that a new sender is one new file in `shared/provider/presets/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'shared/provider/presets';

interface SenderFile {
  id: string;
  code: string;
}

/** The files of the senders, in alphabetical order of their ids. */
function senderFiles(root: string): SenderFile[] {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.ts'));
  return files
    .map((file) => file.slice(0, -3))
    .sort()
    .map((id) => ({ id, code: readFileSync(join(root, folder, `${id}.ts`), 'utf8') }));
}

/** The contents of one generated file. */
interface Listing {
  path: string;
  /** The name that each sender's file exports. */
  exported: string;
  /** Lists only the senders with this export. Otherwise a file without the export does not compile. */
  isOptional?: true;
  /** The constant with the exports of all senders, by id. */
  constant: string;
  /** The type of each export. Undefined if each export keeps its own type. */
  type?: string;
  /** The file in `shared/provider/` with that type. By default `preset.ts`. */
  typeFile?: string;
}

const listings: Listing[] = [
  { path: 'shared/provider/generated/all-presets.ts', exported: 'preset', constant: 'presets' },
  { path: 'shared/provider/generated/all-guides.ts', exported: 'guide', constant: 'guides', type: 'Guide' },
  {
    path: 'shared/provider/generated/all-other-names.ts',
    exported: 'otherNames',
    isOptional: true,
    constant: 'otherNames',
  },
  { path: 'shared/provider/generated/all-samples.ts', exported: 'sample', constant: 'samples', type: 'Sample' },
  {
    path: 'test/shared/provider/all-literals.ts',
    exported: 'literals',
    // A test names the senders without literals. Its message is clearer than that of the compiler.
    isOptional: true,
    constant: 'literals',
    type: 'Literals',
    typeFile: 'literals.ts',
  },
];

/** Converts an id to a name in TypeScript: `aws-sns` becomes `awsSns`. */
const nameOf = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const entryOf = (id: string): string => (nameOf(id) === id ? `  ${id},` : `  '${id}': ${nameOf(id)},`);

/** The type of the constant, as it follows its name. */
function annotationOf({ type, isOptional }: Listing): string {
  if (type === undefined) return '';
  const record = `Record<ProviderId, ${type}>`;
  return isOptional ? `: Partial<${record}>` : `: ${record}`;
}

function listingText(listing: Listing, ids: string[]): string {
  const { path, exported, constant, type, typeFile = 'preset.ts' } = listing;
  const up = path.startsWith('test/') ? '../../../shared/provider' : '..';
  const imports = ids.map((id) => `import { ${exported} as ${nameOf(id)} } from '${up}/presets/${id}.ts';`);
  return [
    '// Written by npm run providers.',
    ...(type ? [`import type { ${type} } from '${up}/${typeFile}';`] : []),
    ...imports,
    ...(type ? [`import type { ProviderId } from '${up}/presets.ts';`] : []),
    '',
    `export const ${constant}${annotationOf(listing)} = {`,
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
      const isExported = new RegExp(`^export const ${listing.exported}\\b`, 'm');
      const listed = listing.isOptional ? files.filter(({ code }) => isExported.test(code)) : files;
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
