import { expect, test } from '@jest/globals';
import { readTargets } from './target.ts';

test('a folder is mutated whole, but for the data of the senders', () => {
  const { targets, force } = readTargets(['shared/provider/']);
  expect(force).toBe(false);
  expect(targets).toEqual([
    {
      path: 'shared/provider',
      folder: 'shared/provider',
      mutate: ['shared/provider/**/*.ts', '!shared/provider/presets/**', '!shared/provider/generated/**'],
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
  expect(folders).toEqual(expect.arrayContaining(['shared/base', 'shared/signature', 'functions']));
});

test.each(['infra', 'shared', 'shared/none', 'shared/base/none.ts', 'shared/provider/presets', '--mutate'])(
  '%s is refused',
  (path) => {
    expect(() => readTargets([path])).toThrow(`${path} is not one of shared/api, shared/aws`);
  },
);
