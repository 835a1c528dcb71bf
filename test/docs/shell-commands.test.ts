import { expect, test } from '@jest/globals';
import { shellCommands } from './shell-commands.ts';

test.each([
  ['a b  c', [{ words: ['a', 'b', 'c'] }]],
  [`a 'b c' "d \\"e\\"" f\\ g`, [{ words: ['a', 'b c', 'd "e"', 'f g'] }]],
  ['a # not b\n# nor c\nd #', [{ words: ['a'] }, { words: ['d'] }]],
  ['a b#c', [{ words: ['a', 'b#c'] }]],
  ['a \\\n  b\nc', [{ words: ['a', 'b'] }, { words: ['c'] }]],
  ['a && b; c', [{ words: ['a'] }, { words: ['b'] }, { words: ['c'] }]],
  ['a > b', [{ words: ['a'], output: 'b' }]],
  ['a < b', [{ words: ['a'], input: 'b' }]],
  ['source <(a b)', [{ words: ['source'] }, { words: ['a', 'b'] }]],
  ["echo '{\n}' |\n  a", [{ words: ['echo', '{\n}'] }, { words: ['a'], pipedFrom: { words: ['echo', '{\n}'] } }]],
  ['f() { a "$@"; }', [{ words: ['f'] }, { words: ['a', '$@'] }]],
])('%j', (script, commands) => {
  expect(shellCommands(script)).toEqual(commands);
});
