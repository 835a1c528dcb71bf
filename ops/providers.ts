/** `npm run providers`: writes the table of senders into docs/senders.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { withSenderTable } from './sender-table.ts';

const page = resolve(import.meta.dirname, '../docs/senders.md');
writeFileSync(page, withSenderTable(readFileSync(page, 'utf8')));
