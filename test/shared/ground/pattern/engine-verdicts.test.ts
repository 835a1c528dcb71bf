/**
 * Verdicts of AWS's own engine over random patterns and events. They are kept outside the repository. If they are missing, there is
 * nothing to test.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { PatternError } from '../../../../shared/ground/pattern/pattern-error.ts';
import { readPattern } from '../../../../shared/ground/pattern/read-pattern.ts';

const fileSchema = z.object({ cases: z.array(z.tuple([z.unknown(), z.unknown(), z.string()])) });

const file =
  process.env['HOOKLATCH_PATTERN_VECTORS'] ??
  resolve(import.meta.dirname, '../../../../../shared/pattern-vectors.json');

const cases = existsSync(file) ? fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).cases : [];

test('each pattern is refused, or has the verdict of the engine', () => {
  const others = cases.filter(([wanted, event, verdict]) => {
    const pattern = readPattern(wanted);
    return (pattern instanceof PatternError ? 'refused' : pattern(event)) !== verdict;
  });
  expect(others).toEqual([]);
});
