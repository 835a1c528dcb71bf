import { invalidParameter } from './secret-error.ts';
import type { SecretInput } from './secret-input.ts';
import type { StoredSecret } from './stored-secret.ts';

type Input = SecretInput<'ListSecrets'>;

const defaultPageSize = 100;

/**
 * A page of the matching secrets, sorted by creation time, newest first by default.
 * @returns `next`: the token for the next page, if there is one
 */
export function listedPage(
  secrets: readonly StoredSecret[],
  input: Input,
): { secrets: StoredSecret[]; next: string | undefined } {
  const sign = input.SortOrder === 'asc' ? 1 : -1;
  const sorted = secrets
    .filter((secret) => isWanted(secret, input))
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -sign : sign));
  const after = input.NextToken === undefined ? undefined : keyIn(input.NextToken);
  // The token is a sort key, not a position: a caller who deletes the secrets of a page must not skip the secrets that
  // move up.
  const rest =
    after === undefined
      ? sorted
      : sorted.filter((secret) => (sign > 0 ? keyOf(secret) > after : keyOf(secret) < after));
  const page = rest.slice(0, input.MaxResults ?? defaultPageSize);
  const last = page.at(-1);
  const next = last && rest.length > page.length ? Buffer.from(keyOf(last)).toString('base64') : undefined;
  return { secrets: page, next };
}

/** All filters must match. A filter matches if the name starts with one of its values, in the same case. */
function isWanted({ name, purgeAt }: StoredSecret, { Filters = [], IncludePlannedDeletion = false }: Input): boolean {
  if (purgeAt !== undefined && !IncludePlannedDeletion) return false;
  return Filters.every(({ Values }) => Values.some((value) => name.startsWith(value)));
}

const keyOf = ({ createdAt, name }: StoredSecret): string => `${String(createdAt).padStart(15, '0')} ${name}`;

function keyIn(token: string): string {
  const key = Buffer.from(token, 'base64').toString('utf8');
  if (/^\d{15} /.test(key)) return key;
  throw invalidParameter('The NextToken value is invalid. Send the token of the previous page.');
}
