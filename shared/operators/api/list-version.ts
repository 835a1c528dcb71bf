/**
 * The version of a list, so that a client that polls gets a list only when it has changed. The moment up to which a list is complete
 * changes with every read. So the version leaves the moment out, and a header has it also when the list is not sent again. It leaves out the
 * moments of single items too: what was known up to an earlier one still is.
 */
import { hash } from 'node:crypto';
import { asOfHeader, momentOf } from './list-moment.ts';

const isList = (shown: unknown): shown is Record<string, unknown> & { items: unknown[] } =>
  typeof shown === 'object' && shown !== null && Array.isArray(Reflect.get(shown, 'items'));

/** The headers with the version and the moment of a list. None for any other answer. The version is weak (RFC 9110, 8.8.1): its bytes may differ. */
export function listHeaders(shown: unknown): { etag?: string; [asOfHeader]?: string } {
  if (!isList(shown)) return {};
  const moment = momentOf(shown);
  const lasting = moment ? { ...shown, [moment.field]: undefined } : shown;
  const text = JSON.stringify(lasting, (name, value) => (name === 'asOf' ? undefined : value));
  const version = hash('sha256', text, 'base64url').slice(0, 22);
  return { etag: `W/"${version}"`, ...(moment && { [asOfHeader]: moment.at }) };
}
