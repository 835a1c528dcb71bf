import { type ForwardUrl, forwardUrlOf } from '../../shared/ground/base/forward-url.ts';
import { StartError } from '../start/start-error.ts';

/**
 * Parses the URL of --forward.
 * @throws StartError that says what to write and quotes nothing of a URL, which may contain a password
 */
export function parseForwardUrl(text: string): ForwardUrl {
  const url = forwardUrlOf(text);
  if (url) return url;
  throw new StartError('--forward must be an http or https URL, such as http://localhost:8080/events');
}
