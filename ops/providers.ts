/** `npm run providers`: writes the table of senders into the README. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { withSenderTable } from './sender-table.ts';

const readme = resolve(import.meta.dirname, '../README.md');
writeFileSync(readme, withSenderTable(readFileSync(readme, 'utf8')));
