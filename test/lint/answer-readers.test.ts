/** A client words the facts of an answer. Only one file of each reads the English texts that the API says beside them. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readersOfText } from './answer-reader.ts';

const root = resolve(import.meta.dirname, '../..');

/** Besides the readers, what is no answer of the API. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'clients/cli/commands/doctor.ts': ['the result of a check of the command line itself'],
};

const readers = ['clients/cli/answer-words.ts', 'clients/console/shell/answer-words.ts'];

test('only one file of each client reads the English texts of answers', () => {
  const files = globSync('clients/{cli,console}/**/*.{ts,tsx}', { cwd: root }).sort();
  expect(files).toEqual(expect.arrayContaining([...readers, ...Object.keys(allowed)]));
  const found = files
    .filter((file) => !readers.includes(file) && allowed[file] === undefined)
    .flatMap((file) => readersOfText(file, readFileSync(resolve(root, file), 'utf8')).map((each) => `${file}:${each}`));
  expect(found).toEqual([]);
});

test('nobody else gives a client the texts of an answer', () => {
  const files = globSync('clients/{cli,console}/**/*.{ts,tsx}', { cwd: root }).sort();
  const importers = files.filter((file) =>
    /^import \{.* from '.*\/api\/answer-text\.ts';$/m.test(readFileSync(resolve(root, file), 'utf8')),
  );
  expect(importers).toEqual(readers);
});

describe('a reader', () => {
  test.each([
    'const shown = error.detail;',
    'const { problem, detail } = error;',
    'const { detail: shown } = error;',
    "const shown = problem['detail'];",
    'const shown = ({ note }: View) => note;',
    "steps.map(({ step, detail }) => [step, detail].join(': '));",
    'const shown = sample?.advice ?? item.explanation;',
    'const Row = () => <td>{row.explanation}</td>;',
    'const Tab = () => <Table cell={({ explanation }) => explanation} />;',
    'const copy = (given: View) => { const { note, ...rest } = given; return rest; };',
  ])('is found in %s', (planted) => {
    expect(readersOfText('planted.tsx', planted)).not.toEqual([]);
  });

  test.each([
    'const Field = () => <Input onChange={({ detail }) => set(detail.value)} />;',
    'const { href, external } = event.detail;',
    'const isDouble = event.detail > 1;',
    'const menu = { onItemClick: ({ detail }) => choose(detail.id) };',
    "const check = { check: name, outcome: 'failed', detail };",
    'texts.step(step);',
    'const header = text.rejections.advice;',
  ])('is not found in %s', (fine) => {
    expect(readersOfText('planted.tsx', fine)).toEqual([]);
  });
});
