/** Checks which exported names may stand twice. */
import { expect, test } from '@jest/globals';
import { exportedTwice, nameFault } from './exported-names.ts';

test('a name that two files export is found, whatever it names', () => {
  const found = exportedTwice([
    ['shared/a.ts', 'export interface Lease {}\nexport const one = 1;\nconst two = 2;'],
    ['clients/b.ts', 'export type Lease = string;\n  export const one = 1;\nexport const two = 2;'],
    ['functions/c.ts', 'export async function one() {}\nexport interface Deps {}\nexport const handler = one;'],
    ['functions/d.ts', 'export interface Deps {}\nexport const handler = one;'],
    ['shared/endpoints/provider/presets/e.ts', 'export const two = 2;'],
  ]);
  expect([...found]).toEqual([
    ['Lease', ['shared/a.ts', 'clients/b.ts']],
    ['one', ['shared/a.ts', 'functions/c.ts']],
  ]);
});

test.each([
  [['shared/a.ts', 'clients/b.ts'], 'shared/a.ts and clients/b.ts export Lease. Name what each of them is.'],
  [['infra/a.ts', 'shared/b.ts'], undefined],
  [['local/a.ts', 'tools/b.ts', 'functions/c.ts'], undefined],
])('a name in %j', (paths, fault) => {
  expect(nameFault('Lease', paths)).toBe(fault);
});
