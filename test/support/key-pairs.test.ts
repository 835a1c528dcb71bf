import crypto, { type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { keepKeyPairs } from './key-pairs.ts';

const { generateKeyPairSync } = crypto;
let startOver: () => void;
beforeAll(() => {
  startOver = keepKeyPairs();
});
afterAll(() => {
  Object.assign(crypto, { generateKeyPairSync });
});

const textOf = ({ publicKey }: { publicKey: KeyObject }): string =>
  publicKey.export({ format: 'der', type: 'spki' }).toString('hex');
const ed25519 = (): string => textOf(crypto.generateKeyPairSync('ed25519'));
const ec = (namedCurve: string): string => textOf(crypto.generateKeyPairSync('ec', { namedCurve }));

describe('the key pairs of a test', () => {
  test('differ from each other', () => {
    startOver();
    expect(new Set([ed25519(), ed25519(), ed25519(), ec('P-256'), ec('P-256'), ec('P-384')]).size).toBe(6);
  });

  test('are the same after a start over, whatever other kinds are made between them', () => {
    startOver();
    const before = [ed25519(), ed25519(), ec('P-256')];
    startOver();
    expect([ec('P-256'), ed25519(), ec('P-384'), ed25519()]).toEqual([
      before[2],
      before[0],
      expect.any(String),
      before[1],
    ]);
  });
});
