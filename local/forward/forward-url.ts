import { createHash } from 'node:crypto';
import { StartError } from '../start/start-error.ts';

/** Where events are posted. */
export interface ForwardUrl {
  /** Without the credentials that it may hold, which fetch refuses. */
  href: string;
  /** Those credentials, as a header. */
  authorization?: string;
  /** The whole URL as it may be shown: without what can be a secret in it. */
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
    shown: shownOf(new URL(text)),
    key: `${origin} ${digest}`,
  };
}

/** Where it leads, for whoever wrote it: credentials, the values of the query, and long parts of the path are left out. */
function shownOf({ protocol, username, password, host, pathname, search }: URL): string {
  const login = username || password ? '…@' : '';
  const path = pathname.split('/').map(short).join('/');
  const query = search && `?${search.slice(1).split('&').map(nameIn).join('&')}`;
  return `${protocol}//${login}${host}${path === '/' && !query ? '' : path}${query}`;
}

/** Keys in paths, such as Slack's, are longer than words are. */
const short = (part: string): string => (part.length < 16 ? part : '…');

/** A parameter without its value. One without a name is a value. */
function nameIn(parameter: string): string {
  const equals = parameter.indexOf('=');
  return equals < 0 ? '…' : `${short(parameter.slice(0, equals))}=…`;
}

/** A URL holds them percent-encoded; what is no such encoding stands for itself. */
function readable(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
