/** Whether bytes are an image that a browser only draws. SVG is none: it is a document, with links and scripts. */

const begins = (bytes: Uint8Array, at: number, wanted: string): boolean =>
  bytes.length >= at + wanted.length && [...wanted].every((sign, index) => bytes[at + index] === sign.charCodeAt(0));

/** By the first bytes, whatever the sender says. Undefined if it is none of these. */
export function imageTypeOf(bytes: Uint8Array): string | undefined {
  if (begins(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins(bytes, 0, '\xff\xd8\xff')) return 'image/jpeg';
  if (begins(bytes, 0, 'GIF87a') || begins(bytes, 0, 'GIF89a')) return 'image/gif';
  return begins(bytes, 0, 'RIFF') && begins(bytes, 8, 'WEBP') ? 'image/webp' : undefined;
}
