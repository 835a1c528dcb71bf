import { randomInt } from 'node:crypto';
import { readSecrets, removeSecret, writeSecret } from './secret-files.ts';
import type { StoredSecret } from './stored-secret.ts';

export interface SecretCollectionOptions {
  /** The folder of the secrets' files. */
  folder: string;
  region: string;
  accountId: string;
  now: () => Date;
}

/** All secrets, in memory and on disk. A change is on the disk before it is visible. */
export class SecretCollection {
  readonly #options: SecretCollectionOptions;
  readonly #secrets: Map<string, StoredSecret>;

  /** Throws an Error that names a file that can't be read. */
  constructor(options: SecretCollectionOptions) {
    this.#options = options;
    this.#secrets = readSecrets(options.folder);
    for (const secret of this.#secrets.values()) this.#purgeIfDue(secret);
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#options.now().getTime();
  }

  /** Finds a secret by name, by ARN, or by ARN without the hyphen and six characters at its end. */
  find(secretId: string): StoredSecret | undefined {
    const secret = secretId.startsWith('arn:')
      ? [...this.#secrets.values()].find(({ arn, name }) => secretId === arn || secretId === this.partialArn(name))
      : this.#secrets.get(secretId);
    return secret && this.#purgeIfDue(secret) ? undefined : secret;
  }

  /** All secrets, including those scheduled for deletion. */
  all(): StoredSecret[] {
    return [...this.#secrets.values()].filter((secret) => !this.#purgeIfDue(secret));
  }

  /** A secret's ARN without the random suffix. */
  partialArn(name: string): string {
    return `arn:aws:secretsmanager:${this.#options.region}:${this.#options.accountId}:secret:${name}`;
  }

  /** Makes a secret without versions. The secret exists once it is saved. */
  draft(name: string): StoredSecret {
    const now = this.now();
    return {
      arn: `${this.partialArn(name)}-${arnSuffix()}`,
      name,
      tags: [],
      createdAt: now,
      changedAt: now,
      versions: [],
    };
  }

  /** Edits a copy, writes the copy, and only then replaces the secret by it. */
  change<T>(secret: StoredSecret, edit: (draft: StoredSecret) => T): T {
    const draft = structuredClone(secret);
    const result = edit(draft);
    if (this.#secrets.has(secret.name) && JSON.stringify(draft) === JSON.stringify(secret)) return result;
    writeSecret(this.#options.folder, draft);
    this.#secrets.set(draft.name, draft);
    return result;
  }

  /** Removes a secret permanently. The secret's name can be used again. */
  remove({ name }: StoredSecret): void {
    removeSecret(this.#options.folder, name);
    this.#secrets.delete(name);
  }

  #purgeIfDue(secret: StoredSecret): boolean {
    const isDue = secret.purgeAt !== undefined && secret.purgeAt <= this.now();
    if (isDue) this.remove(secret);
    return isDue;
  }
}

function arnSuffix(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: 6 }, () => letters.charAt(randomInt(letters.length))).join('');
}
