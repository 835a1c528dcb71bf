/**
 * Replaces the SDK's event streams in the functions' bundles. The functions call no service with event streams. Without this
 * file, every cold start would load 20 KB of unused code.
 */
const absent = () => {
  throw new Error('event streams are left out of this bundle, see infra/bundle/esbuild-bundle.ts');
};

/** Some clients call this when they are made, even if they never use an event stream. */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;

export { absent as EventStreamSerde, absent as eventStreamSerdeProvider };
