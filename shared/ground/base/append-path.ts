/**
 * Appends a path that a sender chose to the URL of a program. The path must not lead out of that URL, because the request
 * can have credentials for the program, and other routes of it are not meant for senders.
 */

/** What RFC 3986 allows in a segment, and `encodeURIComponent` encodes. */
const allowed = /%(?:24|26|2B|2C|3A|3B|3D|40)/g;

const encoded = (segment: string): string =>
  encodeURIComponent(segment.toWellFormed()).replace(allowed, (triplet) => decodeURIComponent(triplet));

/** Removes one layer of percent-encoding from ASCII characters. */
const decodedOnce = (text: string): string =>
  text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/**
 * Whether a program could read a segment of the path as `.` or `..`. Programs differ: some decode twice, take `\` for `/`,
 * drop what follows `;`, or drop control characters and spaces.
 */
function hasDotSegment(path: string): boolean {
  for (let [before, text] = ['', path]; text !== before; [before, text] = [text, decodedOnce(text)]) {
    const parts = text.replace(/[\0-\x20\x7f]/g, '').split(/[/\\]/);
    if (parts.some((part) => /^\.\.?(?:[;?#]|$)/.test(part))) return true;
  }
  return false;
}

/**
 * Appends a path to a URL. Every segment arrives as it is, empty ones too. Only empty segments at the beginning are left
 * out after a URL without a path: some programs read `//name` as a host.
 * @param href a URL as `URL` writes it. Its query stays
 * @param path a decoded path without a slash at its beginning, as the API shows that of an event
 * @returns undefined if the path has a segment `.` or `..`, in any encoding
 */
export function appendPath(href: string, path: string): string | undefined {
  if (hasDotSegment(path)) return undefined;
  const url = new URL(href);
  const base = url.pathname.replace(/\/$/, '');
  const below = base === '' ? path.replace(/^\/+/, '') : path;
  if (below === '') return href;
  url.pathname = `${base}/${below.split('/').map(encoded).join('/')}`;
  // Whatever the rules above forgot, nothing leaves the URL.
  return url.pathname.startsWith(`${base}/`) ? url.href : undefined;
}
