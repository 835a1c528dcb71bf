/** Files that senders and certificate authorities publish: fetched without redirects, in a short time, up to a size. */

/** The largest file that is read, in bytes. A certificate with its chain has a few thousand. */
const maxFileBytes = 65_536;
/** The sender of a delivery waits meanwhile; milliseconds. */
const fetchTimeoutMs = 2_000;

/** The bytes of an answer, or undefined where there are too many. The rest is not read. */
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

/** A public file needs no credentials, so 401 and 403 do not say that it is absent: the host refuses to serve us now. */
const isHostFault = (status: number): boolean => status >= 500 || [401, 403, 408, 425, 429].includes(status);

/**
 * Gets a file.
 * @returns its bytes, or `absent` where the host says that there is none, or sends more than is read
 * @throws where the host is not reached in time, or can't serve the file now
 */
export async function fetchPublicFile(
  fetch: typeof globalThis.fetch,
  url: string,
  limit = fetchTimeoutMs,
): Promise<Buffer | 'absent'> {
  const { status, body } = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(limit) });
  if (status === 200) return (await readBytes(body)) ?? 'absent';
  await body?.cancel();
  // Without the path: the token of a confirmation is in it.
  if (isHostFault(status)) throw new Error(`${new URL(url).host} answered ${status}`);
  return 'absent';
}
