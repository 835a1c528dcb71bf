import crypto, { type KeyObject } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { keepKeyPairs } from './key-pairs.ts';

const { generateKeyPairSync } = crypto;
const folder = mkdtempSync(join(tmpdir(), 'hooklatch-keys-'));
let startOver: () => void;
beforeAll(() => {
  startOver = keepKeyPairs(folder);
});
afterAll(() => {
  Object.assign(crypto, { generateKeyPairSync });
  rmSync(folder, { recursive: true });
});

const textOf = ({ publicKey }: { publicKey: KeyObject }): string =>
  publicKey.export({ format: 'der', type: 'spki' }).toString('hex');
const ed25519 = (): string => textOf(crypto.generateKeyPairSync('ed25519'));
const rsa = (): string => textOf(crypto.generateKeyPairSync('rsa', { modulusLength: 1024 }));
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

  test('of RSA are the same in another process, and new if their file is damaged', () => {
    /** Another process keeps nothing but the folder. */
    const inAnotherProcess = (): string[] => {
      Object.assign(crypto, { generateKeyPairSync });
      keepKeyPairs(folder);
      return [rsa(), rsa()];
    };
    const [first, second] = inAnotherProcess();
    expect(inAnotherProcess()).toEqual([first, second]);
    expect(readdirSync(folder)).toEqual(['rsamodulusLength1024-0.pem', 'rsamodulusLength1024-1.pem']);
    writeFileSync(join(folder, 'rsamodulusLength1024-0.pem'), '-----BEGIN');
    const again = inAnotherProcess();
    expect(again).toEqual([expect.not.stringContaining(first ?? ''), second]);
    expect(inAnotherProcess()).toEqual(again);
  });
});
