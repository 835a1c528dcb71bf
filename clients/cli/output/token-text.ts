/** A token for people, with every way in which a sender can present it. */

import type { ConnectionView } from '../../../shared/endpoints/endpoint/connection-view.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { fields, painted } from './table.ts';

export type TokenAnswer = ApiAnswer<'GET /v1/connections/{name}/endpoint/token'>;

/** What senders call the token of an endpoint: one that only signs is a secret. */
export const tokenWord = ({ endpoint }: ConnectionView): 'secret' | 'token' =>
  endpoint?.auth.kind === 'signature' ? 'secret' : 'token';

/** The lines about a token. They contain the token. */
export function tokenLines(
  { token, signingSecret, url, deliveryUrls, previous, connection }: TokenAnswer,
  isColoured: boolean,
) {
  const label = tokenWord(connection);
  return fields(
    [
      [label, painted('bold', token)],
      ['signing secret', signingSecret],
      ['URL', url ?? undefined],
      ...deliveryUrls.map(({ placement, url: shown, header }) => {
        const withHeader = header === undefined ? shown : `${shown} with the header ${header.name}: ${header.value}`;
        return [`in ${placement.in}`, withHeader] as const;
      }),
      [`previous ${label}`, previous && `${previous.token}, accepted until ${previous.expiresAt}`],
    ],
    isColoured,
  );
}
