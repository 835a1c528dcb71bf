/** The version of the package is the newest one that the changelog has, with its date. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const headings = (changelog: string) =>
  [...changelog.matchAll(/^## \[([^\]]+)\](?: - (\S+))?$/gm)].map(([, version, date]) => ({ version, date }));

test('CHANGELOG.md has the version of package.json as the newest one, with a date', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const all = headings(readFileSync('CHANGELOG.md', 'utf8'));
  const released = all.filter((each) => each.version !== 'Unreleased');
  expect(released[0]?.version).toBe(version);
  expect(released.map(({ date }) => Number.isNaN(Date.parse(date ?? '')))).toEqual(released.map(() => false));
  // What is not released stands above, without a date.
  expect(all.filter(({ date }) => date === undefined)).toEqual(all[0]?.version === 'Unreleased' ? [all[0]] : []);
});
