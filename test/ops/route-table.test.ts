import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { withRouteTable } from '../../ops/route-table.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/api.md'), 'utf8');

test('docs/api.md, which a 404 names, lists every route: else run npm run routes', () => {
  expect(withRouteTable(page)).toBe(page);
});

test('a route is shown with what it takes, and with the role that it needs', () => {
  const table = page.replace(/ +/g, ' ');
  expect(table).toContain('| `GET /healthz` | Version and status. | | | no token |');
  expect(table).toMatch(
    /\| `POST .*token\/rotate` \| .* \| \| `value`, `signingSecret`, `graceSeconds`, `force` \| `connection_admin` \|/,
  );
});
