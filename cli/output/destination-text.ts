/** A destination for people. */
import type { ApiAnswer } from '../../shared/api/api-client.ts';
import type { DestinationTest } from '../../shared/destination/destination-test.ts';
import type { DestinationView } from '../../shared/destination/destination-view.ts';
import { textsAbout } from '../answer-words.ts';
import { fields, painted } from './table.ts';

/** The lines about a destination. */
export const destinationLines = (view: DestinationView, isColoured: boolean): string[] =>
  fields(
    [
      ['name', painted('bold', view.name)],
      ['description', view.description || undefined],
      ['origin', view.origin],
      ['method', view.method],
      ['headers', view.headerNames.join(', ') || undefined],
      ['auth', view.authKind],
      ['timeout', `${view.timeoutSeconds} s`],
      ['secret', `made ${view.signing.createdAt}`],
      ['previous', view.signing.previousUntil && `signs too until ${view.signing.previousUntil}`],
      ['version', String(view.version)],
      ['changed', `${view.updatedAt} by ${view.updatedBy}`],
    ],
    isColoured,
  );

/** The lines about the signing secrets. */
export const signingSecretLines = (
  { secret, previous }: ApiAnswer<'GET /v1/destinations/{name}/secret'>,
  isColoured: boolean,
): string[] =>
  fields(
    [
      ['secret', painted('bold', secret)],
      ['previous', previous && `${previous.secret} until ${previous.expiresAt}`],
    ],
    isColoured,
  );

/** The lines about a test. */
export function destinationTestLines(found: DestinationTest, isColoured: boolean): string[] {
  const { delivered, status, ms, answer } = found;
  return fields(
    [
      ['result', delivered ? painted('green', 'delivered') : painted('red', 'not delivered')],
      ['status', status === undefined ? undefined : String(status)],
      ['time', `${ms} ms`],
      ['reason', textsAbout().step(found) || undefined],
      ['answer', answer],
    ],
    isColoured,
  );
}
