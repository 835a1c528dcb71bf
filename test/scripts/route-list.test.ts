import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { withRouteList } from '../../scripts/route-list.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/api.md'), 'utf8');

test('docs/api.md lists every route (npm run routes updates the list)', () => {
  expect(withRouteList(page)).toBe(page);
});

test('docs/api.md shows the query, the body and the role of a route', () => {
  expect(page).toContain('- **`GET /healthz`**: Version and status.\n  No token.\n');
  expect(page).toContain(
    '/{id}`**: Reads an event with its exact body. With raw the answer is only the bytes of the body.\n  Query: `raw`. Role: `flow_designer`.\n',
  );
  expect(page).toMatch(
    /- \*\*`POST .*token\/rotate`\*\*: .*\n {2}Body: `value`, `signingSecret`, `graceSeconds`, `force`, `managedBy`\. Role: `connection_admin`\.\n/,
  );
});
