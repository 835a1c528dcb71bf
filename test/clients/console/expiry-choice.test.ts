import { expect, it } from '@jest/globals';
import { expiryChoices, expiryOf } from '../../../clients/console/operators/expiry-choice.ts';

const noon = new Date('2026-03-01T12:00:00.000Z');
const valuesOf = (latest: string | undefined) => expiryChoices(latest, noon).map(({ value }) => value);

it('an admin without a limit may choose any expiry, or none', () => {
  expect(valuesOf(undefined)).toEqual(['', '7', '30', '90', '365']);
});

it.each([
  ['2026-03-31T12:00:00.000Z', ['latest', '7', '30']],
  ['2026-03-31T11:59:59.999Z', ['latest', '7']],
  ['2026-03-01T13:00:00.000Z', ['latest']],
])('an admin who may give %s at the latest is offered %j', (latest, values) => {
  expect(valuesOf(latest)).toEqual(values);
});

it('the latest expiry is offered with its time', () => {
  const [first] = expiryChoices('2026-03-31T12:00:00.000Z', noon);
  expect(first?.label).toMatch(/^At the latest time that you may give: Mar 31, 2026/);
});

it.each([
  ['', undefined, undefined],
  ['7', undefined, '2026-03-08T12:00:00.000Z'],
  ['365', undefined, '2027-03-01T12:00:00.000Z'],
  ['latest', '2026-03-31T12:00:00.000Z', '2026-03-31T12:00:00.000Z'],
  // The choice was offered a minute ago.
  ['7', '2026-03-08T11:59:00.000Z', '2026-03-08T11:59:00.000Z'],
])('the choice %j with the limit %s is the expiry %s', (value, latest, expiresAt) => {
  expect(expiryOf(value, latest, noon)).toBe(expiresAt);
});
