/** Opens and closes an endpoint's URL. The URL is the same at every activation. */
import { oneWrite } from './update-connection.ts';

export const activateEndpoint = oneWrite(() => ({ verb: 'activate' }));

export const deactivateEndpoint = oneWrite(() => ({ verb: 'deactivate' }));
