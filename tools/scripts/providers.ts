/** `npm run providers`: writes the files that list the senders, then the list in docs/senders.md. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { senderListings } from './sender-files.ts';

const root = resolve(import.meta.dirname, '../..');
for (const [path, text] of senderListings(root)) {
  mkdirSync(dirname(resolve(root, path)), { recursive: true });
  writeFileSync(resolve(root, path), text);
}

// Imported only now, because it reads the files that were just written.
const { withSenders } = await import('./sender-list.ts');
const page = resolve(root, 'docs/senders.md');
writeFileSync(page, withSenders(readFileSync(page, 'utf8')));
