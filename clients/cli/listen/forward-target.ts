/** The local program that `listen` and `send` send to, as `--forward` and `--path`, or `--to`, give it. */
import { type ForwardUrl, forwardUrlOf } from '../../../shared/ground/base/forward-url.ts';
import { UsageError } from '../command-error.ts';

/** A port alone is one of this machine, at the name under which a program of any framework is reached. */
const portUrl = (port: string): string | undefined =>
  Number(port) >= 1 && Number(port) <= 65_535 ? `http://localhost:${Number(port)}` : undefined;

/** @throws UsageError if the text of this option is no port and no URL. It is not quoted: it can have a password */
function urlIn(option: '--forward' | '--to', text: string): string {
  const url = /^\d+$/.test(text) ? portUrl(text) : text;
  if (url !== undefined && forwardUrlOf(url)) return url;
  throw new UsageError(
    `${option} must be a port, such as 3000, or an http or https URL, such as http://localhost:3000/hook.`,
  );
}

/** What is wrong with a path: the URL would be another one than the operator reads. Undefined if nothing is. */
function pathFault(path: string): string | undefined {
  if (!path.startsWith('/')) return 'must begin with a slash, such as /hook';
  if (/[?#]/.test(path)) return 'is a path alone: a query belongs to --forward, and no program gets what follows a #';
  if (/[\0-\x20\x7f\\]/.test(path)) return 'must have no space, no backslash and no control character';
  if (path.startsWith('//')) return 'must begin with one slash: some programs read what follows two as a host';
  if (/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) return 'must not have . or .. as a part';
  return undefined;
}

/**
 * Where events are sent.
 * @param path the path at the program. Without one, that of `forward`
 * @throws UsageError if they can't be used
 */
export function forwardTarget(forward: string, path: string | undefined): ForwardUrl {
  const base = urlIn('--forward', forward);
  if (path === undefined) return forwardUrlOf(base) as ForwardUrl;
  const fault = pathFault(path);
  if (fault !== undefined) throw new UsageError(`--path ${fault}.`);
  const url = new URL(base);
  if (url.pathname !== '/')
    throw new UsageError('--forward has a path already. Leave --path out, or the path of --forward.');
  url.pathname = path;
  return forwardUrlOf(url.href) as ForwardUrl;
}

/** Where `send` sends a webhook. @throws UsageError if that is no port and no URL */
export const sendTarget = (to: string): ForwardUrl => forwardUrlOf(urlIn('--to', to)) as ForwardUrl;
