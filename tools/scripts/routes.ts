/** `npm run routes`: writes the list of routes into docs/api.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { withRouteList } from './route-list.ts';

const page = resolve(import.meta.dirname, '../../docs/api.md');
writeFileSync(page, withRouteList(readFileSync(page, 'utf8')));
