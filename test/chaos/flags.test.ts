import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { testInFull } from '../support/full-counts.ts';
import { readFlags } from './flags.ts';

describe('the flags of test:chaos', () => {
  test.each([
    ['--seeds', 'abc'],
    ['--first', '0'],
    ['--seeds', '-3'],
    ['--seeds', '1.5'],
    ['--seeds', ''],
    ['--seeds', '1e9'],
    ['--first', 'NaN'],
    ['--seed', 'x'],
    ['--jobs', '0'],
    ['--jobs', 'Infinity'],
  ])('%s %j is refused', (flag, value) => {
    expect(() => readFlags([`${flag}=${value}`])).toThrow(
      new RegExp(`^${flag} must be a whole number from [01] to 999999999, not ${value}$`),
    );
  });

  test('a flag that does not exist is refused', () => {
    expect(() => readFlags(['--sedes', '3'])).toThrow("Unknown option '--sedes'");
  });

  test.each([
    [['--seeds', '3'], { seeds: [1, 2, 3], jobs: 2, mutants: true, isRepeat: false }],
    [
      ['--seeds=2', '--first=40', '--jobs=1', '--no-mutants'],
      { seeds: [40, 41], jobs: 1, mutants: false, isRepeat: false },
    ],
    [['--seed', '7'], { seeds: [7], jobs: 2, mutants: false, isRepeat: true }],
  ])('%j', (args, expected) => {
    expect(readFlags(args)).toEqual(expected);
  });

  test('without any there are a thousand seeds', () => {
    expect(readFlags([]).seeds.length).toBe(1000);
  });
});

testInFull('test:chaos says how it is used instead of counting seeds that are no number', () => {
  const args = ['--disable-warning=ExperimentalWarning', 'test/chaos/main.ts', '--seeds', 'abc'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^--seeds must be a whole number from 0 to 999999999, not abc\n\nRuns seeds of webhooks/);
});
