/** Synthesizes the app once before all tests, so that every test runs what would be deployed. Also compiles what all tests share. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../local/cloudformation/synthesis.ts';
import { answerValidators } from './answer-validators.ts';

export default async function prepare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-test-'));
  process.env['HOOKLATCH_TEST_ASSEMBLY'] = join(folder, 'assembly');
  // Hundreds of instances in dozens of processes load the same files. This run compiles them once.
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled');
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.env['HOOKLATCH_TEST_ANSWERS'] = join(folder, 'answers.cjs');
  writeFileSync(join(folder, 'answers.cjs'), answerValidators());
  await synthesize(process.cwd(), join(folder, 'assembly'));
}
