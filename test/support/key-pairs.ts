import crypto, { createPrivateKey, createPublicKey, type KeyPairKeyObjectResult } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';

const usualFolder = join(import.meta.dirname, '../../node_modules/.cache/test-key-pairs');

/**
 * Keeps the key pairs that tests make, because one of RSA takes a tenth of a second. After each start over, a test gets the same ones again,
 * in the same order. Between two of them, each key pair is another.
 * @param folder keeps those of RSA for other processes and later runs
 * @returns a function that starts over, for the next file of tests
 */
export function keepKeyPairs(folder = usualFolder): () => void {
  const make = crypto.generateKeyPairSync as (...given: unknown[]) => KeyPairKeyObjectResult;
  const kept = new Map<string, KeyPairKeyObjectResult[]>();
  const used = new Map<string, number>();
  const next = (...given: unknown[]) => {
    const kind = JSON.stringify(given);
    const pairs = kept.get(kind) ?? [];
    const at = used.get(kind) ?? 0;
    kept.set(kind, pairs);
    used.set(kind, at + 1);
    const makeOne = () => make(...given);
    const file = join(folder, `${kind.replaceAll(/\W+/g, '')}-${at}.pem`);
    pairs[at] ??= given[0] === 'rsa' ? readOrMake(file, makeOne) : makeOne();
    return pairs[at];
  };
  Object.assign(crypto, { generateKeyPairSync: next });
  syncBuiltinESMExports();
  return () => used.clear();
}

/** The key pair in a file. If there is none that can be read, makes one and writes it there. */
function readOrMake(file: string, make: () => KeyPairKeyObjectResult): KeyPairKeyObjectResult {
  try {
    const privateKey = createPrivateKey(readFileSync(file));
    return { privateKey, publicKey: createPublicKey(privateKey) };
  } catch {
    const pair = make();
    mkdirSync(dirname(file), { recursive: true });
    // Another process may write the same file. Whoever reads it gets one of the two.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, pair.privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
    renameSync(draft, file);
    return pair;
  }
}
