/** A token for people, with every way in which a sender can present it. */
import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { fields, painted } from './table.ts';

export type TokenAnswer = ApiAnswer<'GET /v1/connections/{name}/endpoint/token'>;

/** The lines about a token. They contain the token. */
export function tokenLines(
  { token, signingSecret, url, deliveryUrls, previous, connection }: TokenAnswer,
  isColoured: boolean,
) {
  // Without a token, the sender signs with it. Senders call that a secret.
  const label = connection.endpoint?.auth.kind === 'signature' ? 'secret' : 'token';
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
