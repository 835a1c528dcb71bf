import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { mutants } from './mutants.ts';

test.each(mutants.map(({ name, file, from }) => ({ name, file, from })))(
  'the text that "$name" changes stands once in $file',
  ({ file, from }) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect(source.split(from).length - 1).toBe(1);
  },
);
