/** Before all tests: synthesizes the app once, so that every test runs what would be deployed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../local/cloudformation/synthesis.ts';

export default async function prepare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-test-'));
  process.env['HOOKLATCH_TEST_ASSEMBLY'] = join(folder, 'assembly');
  // Hundreds of instances, and dozens of processes, load the same few files: once compiled, kept for this run.
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled');
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await synthesize(process.cwd(), join(folder, 'assembly'));
}
