/** The files that list the senders. All are generated, so that a new sender is one new file in `shared/endpoints/provider/presets/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'shared/endpoints/provider/presets';

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

/** One generated file. It exports one thing of each sender's file, under the sender's id. */
interface Listing {
  path: string;
  /** The name that each sender's file exports. */
  exported: string;
  /** Lists only the senders with this export. Otherwise a file without the export does not compile. */
  isOptional?: true;
}

const listings: Listing[] = [
  { path: 'shared/endpoints/provider/generated/all-presets.ts', exported: 'preset' },
  { path: 'shared/endpoints/provider/generated/all-guides.ts', exported: 'guide' },
  { path: 'shared/endpoints/provider/generated/all-other-names.ts', exported: 'otherNames', isOptional: true },
  { path: 'shared/endpoints/provider/generated/all-samples.ts', exported: 'sample' },
  // A test names the senders without literals. Its message is clearer than that of the compiler.
  { path: 'test/shared/endpoints/provider/all-literals.ts', exported: 'literals', isOptional: true },
];

function listingText({ path, exported }: Listing, ids: string[]): string {
  const up = path.startsWith('test/') ? '../../../../shared/endpoints/provider' : '..';
  const nameOf = (id: string) => (/\W/.test(id) ? `'${id}'` : id);
  const lines = ids.map((id) => `export { ${exported} as ${nameOf(id)} } from '${up}/presets/${id}.ts';`);
  return ['// Written by npm run providers.', ...lines, ''].join('\n');
}

/** The text of each file that lists the senders, by its path under the root of the project. */
export function senderListings(root: string): Map<string, string> {
  const files = senderFiles(root);
  return new Map(
    listings.map((listing) => {
      const isExported = new RegExp(`^export const ${listing.exported}\\b`, 'm');
      const listed = listing.isOptional ? files.filter(({ code }) => isExported.test(code)) : files;
      const ids = listed.map(({ id }) => id);
      return [listing.path, listingText(listing, ids)];
    }),
  );
}
