import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { useRead } from '../session/queries.tsx';

export type ProviderAnswer = ApiAnswer<'GET /v1/providers/{id}'>;

/** The provider of a connection. The presets change only with a deployment. */
export const useProvider = (id: string) =>
  useRead(['provider', id], (api) => api.call('GET /v1/providers/{id}', { params: { id } }));
