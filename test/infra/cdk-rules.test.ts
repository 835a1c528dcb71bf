import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { synthesizeVariants } from './given-template.ts';

const folder = mkdtempSync(join(tmpdir(), 'hooklatch-rules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("CDK's rules for templates find nothing wrong, whatever the settings are", async () => {
  expect(await synthesizeVariants(folder)).toMatchObject({ exitCode: 0 });
});
