import { expect, test } from '@jest/globals';
import { readTargets } from './target.ts';

test('a folder is mutated whole, but for the data of the senders', () => {
  const { targets, force } = readTargets(['shared/endpoints/provider/']);
  expect(force).toBe(false);
  expect(targets).toEqual([
    {
      path: 'shared/endpoints/provider',
      folder: 'shared/endpoints/provider',
      mutate: [
        'shared/endpoints/provider/**/*.ts',
        '!shared/endpoints/provider/presets/**',
        '!shared/endpoints/provider/generated/**',
      ],
    },
  ]);
});

test('the results of a file are kept with those of its folder', () => {
  const { targets, force } = readTargets(['--force', 'functions/relay.ts']);
  expect(force).toBe(true);
  expect(targets).toMatchObject([{ path: 'functions/relay.ts', folder: 'functions' }]);
  expect(targets[0]?.mutate[0]).toBe('functions/relay.ts');
});

test('all folders are run if none is named', () => {
  const folders = readTargets([]).targets.map(({ path }) => path);
  expect(folders).toEqual(expect.arrayContaining(['shared/ground/base', 'shared/endpoints/signature', 'functions']));
});

test.each([
  'infra',
  'shared',
  'shared/none',
  'shared/ground/base/none.ts',
  'shared/endpoints/provider/presets',
  '--mutate',
])('%s is refused', (path) => {
  expect(() => readTargets([path])).toThrow(
    `${path} is not one of shared/deliveries/destination, shared/deliveries/dispatch`,
  );
});
