import { createHash } from 'node:crypto';
import { StartError } from '../start-error.ts';

/** Where events are posted. */
export interface ForwardUrl {
  /** Without the credentials that it may hold, which fetch refuses. */
  href: string;
  /** Those credentials, as a header. */
  authorization?: string;
  /** What may be shown: paths and queries can hold secrets as well as credentials do. */
  shown: string;
  /** Tells URLs apart without holding their secrets. */
  key: string;
}

/** @throws StartError that says what to write, and quotes nothing of a URL that may hold a password */
export function parseForwardUrl(text: string): ForwardUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new StartError('--forward must be an http or https URL, such as http://localhost:8080/events');
  }
  const { username, password, origin } = url;
  url.username = '';
  url.password = '';
  url.hash = '';
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const login = `${readable(username)}:${readable(password)}`;
  return {
    href: url.href,
    ...(login !== ':' && { authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
    shown: origin,
    key: `${origin} ${digest}`,
  };
}

/** A URL holds them percent-encoded; what is no such encoding stands for itself. */
function readable(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
