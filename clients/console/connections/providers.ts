/** The providers by name. */
import { useRead } from '../session/queries.tsx';

/** Every provider. They change only with a deployment. */
export const useProviders = () => useRead(['providers'], (api) => api.call('GET /v1/providers'));

/** The names of providers by their ids. An id has itself as its name until the names are read. */
export function useProviderName(): (id: string) => string {
  const { data } = useProviders();
  const names = new Map(data?.items.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
