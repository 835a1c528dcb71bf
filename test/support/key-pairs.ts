import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Keeps the key pairs that tests make, because one of RSA takes a tenth of a second. After each start over, a test gets the same ones again,
 * in the same order. Between two of them, each key pair is another.
 * @returns a function that starts over, for the next file of tests
 */
export function keepKeyPairs(): () => void {
  const make = crypto.generateKeyPairSync as (...given: unknown[]) => unknown;
  const kept = new Map<string, unknown[]>();
  const used = new Map<string, number>();
  const next = (...given: unknown[]) => {
    const kind = JSON.stringify(given);
    const pairs = kept.get(kind) ?? [];
    const at = used.get(kind) ?? 0;
    kept.set(kind, pairs);
    used.set(kind, at + 1);
    pairs[at] ??= make(...given);
    return pairs[at];
  };
  Object.assign(crypto, { generateKeyPairSync: next });
  syncBuiltinESMExports();
  return () => used.clear();
}
