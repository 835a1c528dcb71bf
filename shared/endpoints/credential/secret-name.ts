/** The names of secrets in Secrets Manager. */
import { randomBytes } from 'node:crypto';

/** Whose secrets there are. The kind is a part of a secret's name, and a role may be limited to one kind. */
export const secretKinds = ['endpoint', 'destination'] as const;
export type SecretKind = (typeof secretKinds)[number];

/** The names of all secrets of Hooklatch, of every stage, begin with it and a slash. */
export const secretRoot = 'hooklatch';

/** Whether a secret is one of Hooklatch's own, by its name or ARN. */
export const isOwnSecret = (nameOrArn: string): boolean =>
  nameOrArn.split(':').some((part) => part.startsWith(`${secretRoot}/`));

/**
 * The name of a new secret. The name is random, because Secrets Manager blocks a deleted name for weeks.
 * @param owner the name of the connection or of the destination
 */
export const newSecretName = (prefix: string, kind: SecretKind, owner: string): string =>
  `${prefix}/${kind}/${owner}/${randomBytes(8).toString('hex')}`;

/** Whose secret a name is of, and its kind. */
export function secretOwner(name: string): { kind: string; owner: string } {
  const [kind, owner = ''] = name.split('/').slice(-3) as [string, ...string[]];
  return { kind, owner };
}

/** The name of a secret. Its ARN ends with the name, a dash and six characters that Secrets Manager adds. */
export const secretNameOf = (arn: string): string => arn.replace(/^.*:secret:/, '').replace(/-[0-9A-Za-z]{6}$/, '');
