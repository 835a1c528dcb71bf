/** What the package exports as `hooklatch/client`: a typed client of the operators' API. */
import { setTimeout as wait } from 'node:timers/promises';
import { apiClient } from "./api-client.js";
export { ClientSettingError } from "./api-client.js";
export { ApiError, UnreachableError } from "./api-error.js";
/**
 * Makes a client for one deployment. It repeats a request if the API is busy.
 * @throws ClientSettingError if the URL or the token can't be used
 */
export const hooklatchClient = ({ fetch = globalThis.fetch, ...target }) => apiClient({ ...target, fetch, wait, now: () => new Date() });
