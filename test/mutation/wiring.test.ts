import { expect, test } from '@jest/globals';
import { isWiring } from './wiring.ts';

const declaring = (name: string) => ({ type: 'VariableDeclaration', declarations: [{ id: { name } }] });

test.each([
  ['lambdaDeps', 'Program'],
  ['handler', 'ExportNamedDeclaration'],
])('%s at the top of a file is wiring', (name, parent) => {
  expect(isWiring(declaring(name), parent)).toBe(true);
});

test.each([
  ['another name', declaring('authorize'), 'ExportNamedDeclaration'],
  ['a variable of a function', declaring('handler'), 'BlockStatement'],
  ['a pattern', { type: 'VariableDeclaration', declarations: [{ id: {} }] }, 'Program'],
  ['an expression', { type: 'CallExpression' }, 'Program'],
])('%s is not wiring', (_, node, parent) => {
  expect(isWiring(node, parent)).toBe(false);
});
