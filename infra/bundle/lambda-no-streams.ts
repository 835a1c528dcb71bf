/**
 * Stands in for the SDK's event streams in the functions' bundles: no service that they call has any, and 20 KB of code
 * that can not run would be read at every cold start.
 */
const absent = () => {
  throw new Error('event streams are left out of this bundle, see infra/bundle/bundle.ts');
};

/** Some clients prepare for event streams when they are made, whether they will ever use one or not. */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;

export { absent as EventStreamSerde, absent as eventStreamSerdeProvider };
