import type { StoredObject } from './object-file.ts';

/** A rule that deletes objects after a number of days. */
export interface LifecycleRule {
  Status: 'Enabled' | 'Disabled';
  Prefix?: string | undefined;
  ExpirationInDays?: number | undefined;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Whether a rule expires the object now. S3 itself waits until the next midnight. */
export function isExpired({ key, lastModified }: StoredObject, rules: readonly LifecycleRule[], now: Date): boolean {
  return rules.some(
    ({ Status, Prefix = '', ExpirationInDays = Number.POSITIVE_INFINITY }) =>
      Status === 'Enabled' && key.startsWith(Prefix) && lastModified + ExpirationInDays * dayMs <= now.getTime(),
  );
}
