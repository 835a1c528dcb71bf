/**
 * Replaces the SDK's event streams in the functions' bundles. The functions call no service that has any, and 20 KB of unused
 * code would be loaded at every cold start.
 */
const absent = () => {
  throw new Error('event streams are left out of this bundle, see infra/bundle/bundle.ts');
};

/** Some clients call this when they are made, even if they never use an event stream. */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;

export { absent as EventStreamSerde, absent as eventStreamSerdeProvider };
