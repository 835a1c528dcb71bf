/** Fetches files that senders and certificate authorities publish. No redirects, a short timeout, a maximum size. */
import type { FetchFile } from '../../ground/outbound/public-file-fetch.ts';

/** The largest file that is read. A certificate with its chain has a few thousand bytes. */
const maxFileBytes = 65_536;
/** The timeout is short, because the sender of the delivery waits meanwhile. */
const fetchTimeoutMs = 2_000;

/** Reads a body. Stops and returns undefined if the body is larger than `maxFileBytes`. */
async function readBytes(body: Response['body']): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > maxFileBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Whether the host fails to serve the file for now. A public file needs no credentials, so 401 and 403 count too. */
const isHostFault = (status: number): boolean => status >= 500 || [401, 403, 408, 425, 429].includes(status);

/**
 * Fetches a file.
 * @returns the file's bytes, or `absent` if the host says that the file does not exist, or if it is too large
 * @throws if the host is not reached in time, or fails to serve the file for now
 */
export async function fetchPublicFile(
  fetch: FetchFile,
  url: string,
  limit = fetchTimeoutMs,
): Promise<Buffer | 'absent'> {
  const { status, body } = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(limit) });
  if (status === 200) return (await readBytes(body)) ?? 'absent';
  await body?.cancel();
  // Omit the path, because it can contain a confirmation token.
  if (isHostFault(status)) throw new Error(`${new URL(url).host} answered ${status}`);
  return 'absent';
}
