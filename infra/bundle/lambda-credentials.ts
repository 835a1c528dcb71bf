/**
 * Replaces the SDK's chain of credential providers in the functions' bundles. Lambda sets credentials in the environment.
 * The other providers of the chain (files, SSO, instance metadata) only make a cold start longer.
 */
export const defaultProvider = () => async () => ({
  accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? '',
  secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
  ...(process.env['AWS_SESSION_TOKEN'] ? { sessionToken: process.env['AWS_SESSION_TOKEN'] } : {}),
});
