import { invalidParameter } from './secret-error.ts';
import type { SecretInput } from './secret-input.ts';
import type { StoredSecret } from './stored-secret.ts';

type Input = SecretInput<'ListSecrets'>;

/**
 * A page of the secrets that fit, by the time of their creation, newest first unless asked otherwise.
 * @returns `next`, which the page after is asked for with, if there is one
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
  // By a key and not by a place: whoever deletes what a page shows must not miss what moves up.
  const rest =
    after === undefined
      ? sorted
      : sorted.filter((secret) => (sign > 0 ? keyOf(secret) > after : keyOf(secret) < after));
  const page = rest.slice(0, input.MaxResults ?? 100);
  const last = page.at(-1);
  const next = last && rest.length > page.length ? Buffer.from(keyOf(last)).toString('base64') : undefined;
  return { secrets: page, next };
}

/** All filters have to fit, and of the values of one any: each is the beginning of a name, in the same case. */
function isWanted({ name, purgeAt }: StoredSecret, { Filters = [], IncludePlannedDeletion = false }: Input): boolean {
  if (purgeAt !== undefined && !IncludePlannedDeletion) return false;
  return Filters.every(({ Values }) => Values.some((value) => name.startsWith(value)));
}

const keyOf = ({ createdAt, name }: StoredSecret): string => `${String(createdAt).padStart(15, '0')} ${name}`;

function keyIn(token: string): string {
  const key = Buffer.from(token, 'base64').toString('utf8');
  if (/^\d{15} /.test(key)) return key;
  throw invalidParameter('The NextToken value is invalid. Send the one of the page before.');
}
