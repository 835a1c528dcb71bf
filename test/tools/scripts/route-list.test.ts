import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { withRouteList } from '../../../tools/scripts/route-list.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/api.md'), 'utf8');

test('docs/api.md lists every route (npm run routes updates the list)', () => {
  expect(withRouteList(page)).toBe(page);
});

test('docs/api.md shows the query and the body of a route, and who may call it', () => {
  expect(page).toContain('- **`GET /healthz`**: Version and status. No token.\n');
  expect(page).toContain('/{id}`**: Reads an event with its exact body. Query: `raw`.\n');
  expect(page).toContain('- **`GET /v1/destinations`**: Lists destinations by name. Paged.\n');
  expect(page).toContain('and reason, the newest first. Paged. Query: `from`, `to`, `deliveryId`.\n');
  expect(page).toMatch(
    /- \*\*`POST .*token\/rotate`\*\*: .* Body: `value`, `signingSecret`, `graceSeconds`, `force`, `managedBy`\. Admins\.\n/,
  );
});
