/**
 * Replaces the SDK's endpoint discovery in the functions' bundles. The functions call DynamoDB at its regional endpoint. The
 * cache of other endpoints would be loaded at every cold start and never used.
 */

/** A client calls this when it is made. */
export const resolveEndpointDiscoveryConfig = <Config>(config: Config): Config => config;

/** Ignores the environment variable and the profile's setting that would switch discovery on. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: undefined,
};

/** Commands that need discovery call this. The functions send no such command. */
export const getEndpointDiscoveryPlugin = () => {
  throw new Error('endpoint discovery is left out of this bundle, see infra/bundle/esbuild-bundle.ts');
};
