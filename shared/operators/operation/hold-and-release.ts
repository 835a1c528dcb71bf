/** Holds an endpoint, and releases it. While it is held, events are stored. The release publishes them. */
import { randomUUID } from 'node:crypto';
import { oneWrite } from './update-connection.ts';

export const holdEndpoint = oneWrite(() => ({ verb: 'hold', holdId: randomUUID() }));

export const releaseEndpoint = oneWrite(() => ({ verb: 'release' }));
