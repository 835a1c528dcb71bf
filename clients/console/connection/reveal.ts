/** Reveals a connection's tokens. The history records each reveal. */
import { text } from '../text.ts';
import type { ChangeOfConnection, RevealedToken } from './connection-record.ts';

export const reveal = (change: ChangeOfConnection, name: string): Promise<RevealedToken | undefined> =>
  change.run(text.token.reveal, (api) => api.call('GET /v1/connections/{name}/endpoint/token', { params: { name } }));
