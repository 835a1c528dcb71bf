/** Before all tests: synthesizes the app once, so that every test runs what would be deployed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../local/template/synthesis.ts';

export default async function prepare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-test-'));
  process.env['HOOKLATCH_TEST_ASSEMBLY'] = join(folder, 'assembly');
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await synthesize(process.cwd(), join(folder, 'assembly'));
}
