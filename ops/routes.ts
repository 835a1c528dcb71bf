/** `npm run routes`: writes the table of routes into docs/api.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { withRouteTable } from './route-table.ts';

const page = resolve(import.meta.dirname, '../docs/api.md');
writeFileSync(page, withRouteTable(readFileSync(page, 'utf8')));
