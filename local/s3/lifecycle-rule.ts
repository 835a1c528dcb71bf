import type { StoredObject } from './object-file.ts';

/** A rule that deletes objects of a certain age. */
export interface LifecycleRule {
  Status: 'Enabled' | 'Disabled';
  Prefix?: string | undefined;
  ExpirationInDays?: number | undefined;
}

const day = 24 * 60 * 60 * 1000;

/** Whether a rule lets the object be no older. S3 itself waits until the midnight after that. */
export function isExpired({ key, lastModified }: StoredObject, rules: readonly LifecycleRule[], now: Date): boolean {
  return rules.some(
    ({ Status, Prefix = '', ExpirationInDays = Number.POSITIVE_INFINITY }) =>
      Status === 'Enabled' && key.startsWith(Prefix) && lastModified + ExpirationInDays * day <= now.getTime(),
  );
}
