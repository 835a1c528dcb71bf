import { expect, it } from '@jest/globals';
import { allowedNameLike, nameError } from '../../../clients/console/connections/new-name.ts';

it.each([
  ['GitHub Repo', 'github-repo'],
  ['shop_orders', 'shop-orders'],
  ['  Payments!  ', 'payments'],
  ['2nd shop', 'nd-shop'],
  ['--a--b--', 'a-b'],
  [`${'a'.repeat(47)}-b`, 'a'.repeat(47)],
])('%j is like the name %s', (typed, name) => {
  expect(allowedNameLike(typed)).toBe(name);
});

it.each(['', 'a', '42', '???'])('no name is like %j', (typed) => {
  expect(allowedNameLike(typed)).toBeUndefined();
});

it.each([
  ['shop', undefined],
  ['a1', undefined],
  ['', 'Enter a name.'],
  ['  ', 'Enter a name.'],
  ['GitHub Repo', 'This name is not allowed. For example, “github-repo” is.'],
  ['7', 'This name is not allowed. Begin with a letter, and use at least 2 characters.'],
])('the error of the name %j is %j', (typed, error) => {
  expect(nameError(typed)).toBe(error);
});
