import { z } from 'zod';

/** A version of a secret. The version's id is the client request token. The value of a version never changes. */
const versionSchema = z.strictObject({
  id: z.string(),
  createdAt: z.number(),
  labels: z.array(z.string()),
  string: z.string().optional(),
  /** Base64. */
  binary: z.string().optional(),
  accessedAt: z.number().optional(),
});

/** A secret as stored on disk. Times are milliseconds since 1970. Versions are in the order of their creation. */
export const storedSecretSchema = z.strictObject({
  arn: z.string(),
  name: z.string(),
  description: z.string().optional(),
  kmsKeyId: z.string().optional(),
  tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })),
  createdAt: z.number(),
  changedAt: z.number(),
  accessedAt: z.number().optional(),
  /** When a scheduled deletion takes effect. */
  purgeAt: z.number().optional(),
  versions: z.array(versionSchema),
});

export type SecretVersion = z.infer<typeof versionSchema>;
export type StoredSecret = z.infer<typeof storedSecretSchema>;

const dayMs = 24 * 60 * 60 * 1000;
const maxNewestVersions = 100;

/** The version with a staging label. */
export function versionWithLabel(secret: StoredSecret, label: string): SecretVersion | undefined {
  return secret.versions.find(({ labels }) => labels.includes(label));
}

/**
 * Moves a staging label to a version, or removes it. When AWSCURRENT moves, the version that had it gets AWSPREVIOUS.
 */
export function moveStagingLabel(secret: StoredSecret, label: string, to: SecretVersion | undefined): void {
  const from = versionWithLabel(secret, label);
  if (from === to) return;
  if (from) from.labels = from.labels.filter((other) => other !== label);
  to?.labels.push(label);
  if (label === 'AWSCURRENT' && from) moveStagingLabel(secret, 'AWSPREVIOUS', from);
}

/** Adds a version with its labels. The first version of a secret always gets AWSCURRENT. */
export function addSecretVersion(
  secret: StoredSecret,
  version: Omit<SecretVersion, 'labels'>,
  labels: string[],
): SecretVersion {
  const added = { ...version, labels: [] };
  const isFirst = secret.versions.length === 0;
  secret.versions.push(added);
  for (const label of new Set(isFirst ? ['AWSCURRENT', ...labels] : labels)) moveStagingLabel(secret, label, added);
  secret.changedAt = version.createdAt;
  dropOldVersions(secret, version.createdAt);
  return added;
}

/**
 * Removes old versions as the service does: it keeps versions with a label, the newest 100 and those of the last 24
 * hours.
 */
function dropOldVersions(secret: StoredSecret, now: number): void {
  const newest = secret.versions.slice(-maxNewestVersions);
  secret.versions = secret.versions.filter(
    (version) => version.labels.length > 0 || newest.includes(version) || version.createdAt > now - dayMs,
  );
}
