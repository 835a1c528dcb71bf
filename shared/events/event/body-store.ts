/**
 * The bodies bucket, for bodies that are too large for their event's item. The keys of the bodies are made in
 * `body-place.ts`.
 *
 * Few arrivals are large. S3's client is loaded with the first of them, so it does not slow down every cold start.
 */
import type { BodyStore } from './body-place.ts';

export function bodyStore(bucket: string): BodyStore {
  let loading: Promise<BodyStore> | undefined;
  const loaded = (): Promise<BodyStore> => {
    loading ??= import('./body-bucket.ts').then(({ bodyBucket }) => bodyBucket(bucket));
    return loading;
  };
  return {
    put: async (key, body) => (await loaded()).put(key, body),
    read: async (key) => (await loaded()).read(key),
  };
}
