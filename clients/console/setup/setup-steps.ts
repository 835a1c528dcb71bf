/** What is left to do until an endpoint is active, from the record as it is. So who comes back, or failed in the middle, goes on there. */
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import type { ConnectionAnswer, RevealedToken } from '../connection/connection-record.ts';
import type { ProviderAnswer } from '../connection/provider.ts';

export const setupSteps = ['configure', 'generate', 'activate'] as const;
export type SetupStep = (typeof setupSteps)[number];

type Known = Pick<ConnectionAnswer, 'endpoint' | 'status'>;

/** A secret that the sender makes is no step: it comes when the sender has the URL. */
export function stepsLeft(
  { endpoint, status }: Known,
  { secretFrom }: Pick<ProviderAnswer, 'secretFrom'>,
): SetupStep[] {
  const isMadeHere = (endpoint?.secretFrom ?? secretFrom) === 'operator';
  const hasToken = (endpoint?.tokens.length ?? 0) > 0;
  return [
    ...(endpoint ? [] : ['configure' as const]),
    ...(isMadeHere && !hasToken ? ['generate' as const] : []),
    ...(status === 'active' ? [] : ['activate' as const]),
  ];
}

/** The request of a step. All settings are the provider's. */
export function requestOf(step: SetupStep, api: ApiClient, name: string): Promise<ConnectionAnswer | RevealedToken> {
  const params = { name };
  if (step === 'configure') return api.call('PUT /v1/connections/{name}/endpoint', { params, body: {} });
  if (step === 'generate') return api.call('POST /v1/connections/{name}/endpoint/token', { params, body: {} });
  return api.call('POST /v1/connections/{name}/endpoint/activate', { params });
}
