/**
 * Stands in for the SDK's endpoint discovery in the functions' bundles: DynamoDB is asked at its regional endpoint, and a
 * cache of others would be read at every cold start and never used.
 */

/** What a client asks for when it is made. */
export const resolveEndpointDiscoveryConfig = <Config>(config: Config): Config => config;

/** The environment variable and the profile's setting that would switch it on are not looked at. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: undefined,
};

/** Commands that need discovery ask for this; none that the functions send does. */
export const getEndpointDiscoveryPlugin = () => {
  throw new Error('endpoint discovery is left out of this bundle, see infra/bundle/bundle.ts');
};
