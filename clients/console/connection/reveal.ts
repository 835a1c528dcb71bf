/** Reveals a connection's tokens. The history records each reveal. */
import { text } from '../text.ts';
import type { Change, TokenAnswer } from './connection-record.ts';

export const reveal = (change: Change, name: string): Promise<TokenAnswer | undefined> =>
  change.run(text.token.reveal, (api) => api.call('GET /v1/connections/{name}/endpoint/token', { params: { name } }));
