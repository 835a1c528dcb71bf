/** A destination for people. */

import type { DestinationTest } from '../../../shared/deliveries/destination/destination-test.ts';
import type { DestinationView } from '../../../shared/deliveries/destination/destination-view.ts';
import { waitsText } from '../../../shared/deliveries/destination/retry-settings.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { textsAbout } from '../answer-words.ts';
import { type Cell, fields, painted } from './table.ts';

export const statusText = (status: DestinationView['status']): Cell =>
  painted(status === 'active' ? 'green' : 'yellow', status);

const rateText = (rate: NonNullable<DestinationView['rate']>): string =>
  'perSecond' in rate ? `${rate.perSecond} per second` : `${rate.perMinute} per minute`;

/** The lines about a destination. */
export const destinationLines = (view: DestinationView, isColoured: boolean): string[] =>
  fields(
    [
      ['name', painted('bold', view.name)],
      ['status', view.pausedSince ? painted('yellow', `paused since ${view.pausedSince}`) : statusText(view.status)],
      ['description', view.description || undefined],
      ['origin', view.origin],
      ['method', view.method],
      ['headers', view.headerNames.join(', ') || undefined],
      ['auth', view.authKind],
      ['timeout', `${view.timeoutSeconds} s`],
      ['rate', view.rate && `at most ${rateText(view.rate)}`],
      ['concurrency', view.concurrency === undefined ? undefined : `at most ${view.concurrency} at once`],
      ['gives up', `after ${view.giveUpAfterHours} hours`],
      ['schedule', view.schedule && `${waitsText(view.schedule)}, the last one again and again`],
      ['retry on', view.retryOn?.join(', ')],
      ['forwards', view.forwardHeaders?.join(', ')],
      ['secret', `made ${view.signing.createdAt}`],
      ['previous', view.signing.previousUntil && `signs too until ${view.signing.previousUntil}`],
      ['version', String(view.version)],
      ['changed', `${view.updatedAt} by ${view.updatedBy}`],
    ],
    isColoured,
  );

/** The line about the rules that lead to a destination. None if there is no such rule. */
export const routesToLines = ({ routes }: ApiAnswer<'GET /v1/destinations/{name}'>, isColoured: boolean): string[] =>
  fields(
    [['routes', routes?.map(({ connection, rules }) => `${connection} (${rules.join(', ')})`).join(', ') || undefined]],
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
