import { type ApiClient, type ApiClientOptions } from './api-client.ts';
export type { ApiAnswer, ApiBody, ApiClient, ApiRequest } from './api-client.ts';
export { ClientSettingError } from './api-client.ts';
export { ApiError, UnreachableError } from './api-error.ts';
export type HooklatchClientOptions = Pick<ApiClientOptions, 'url' | 'token'> & Partial<Pick<ApiClientOptions, 'fetch'>>;
/**
 * Makes a client for one deployment. It repeats a request if the API is busy.
 * @throws ClientSettingError if the URL or the token can't be used
 */
export declare const hooklatchClient: ({ fetch, ...target }: HooklatchClientOptions) => ApiClient;
