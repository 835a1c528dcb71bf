/** The texts of the page of a connection. */
import type { Status } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import type { ManagedBy } from '../../../shared/endpoints/endpoint/managed-by.ts';
import { managedByFileText } from './managed.ts';

export const statusNames: Record<Status, string> = {
  unconfigured: 'Not configured',
  configured: 'Configured',
  active: 'Active',
  inactive: 'Inactive',
};

/** What a status alone would hide. */
export const statusNotes = {
  secretMissing: 'secret missing',
  held: 'held',
  refused: (count: number, isComplete: boolean) =>
    `refused ${isComplete ? '' : 'at least '}${count.toLocaleString('en')} in the last hour`,
};

export const connectionText = {
  connection: {
    tabs: {
      endpoint: 'Endpoint',
      traffic: 'Traffic',
      events: 'Events',
      routes: 'Routes',
      rejections: 'Rejections',
      history: 'History',
    },
    editRoutes: 'Edit',
    loading: 'Loading the connection',
    managedElsewhere: (managedBy: ManagedBy) =>
      managedBy.kind === 'file'
        ? managedByFileText('connection', managedBy)
        : `A CloudFormation stack manages this connection (as ${managedBy.logicalId}). What you change here differs from the stack, and its next update may change it back.`,
  },
  description: { button: 'Edit description', save: 'Save' },
  /** Why an endpoint refuses every webhook. Everybody reads this, so it says what has to happen and not who does it. */
  notice: {
    inactive: () => 'The endpoint refuses every webhook until it is activated again. The URL stays the same.',
    withoutToken: () =>
      'The endpoint has no token: it refuses every webhook until it has one and is activated again. The URL stays the same.',
    secretMissing: (sender: string) => `Every webhook is refused until the secret of ${sender} is saved here.`,
    handshakeMissing: (sender: string) => `Every webhook is refused until ${sender} delivers its secret.`,
    handshakeOpen: (sender: string) =>
      `Every webhook is refused until ${sender} delivers its secret. The handshake is open.`,
  },
  /** What a connection admin does then. */
  noticeNext: {
    inactive: () => 'Its button is on the tab “Endpoint”.',
    withoutToken: () => 'Add a token on the tab “Endpoint”, then activate the endpoint.',
    secretMissing: () => 'Paste it on the tab “Endpoint”, under “Token”.',
    handshakeMissing: (sender: string) =>
      `Choose “Open handshake” on the tab “Endpoint”, then start the handshake at ${sender}.`,
    handshakeOpen: (sender: string) => `Start it at ${sender} now.`,
  },
  noticeForDesigner: 'A connection admin can change that.',
  remove: {
    button: 'Delete connection',
    title: (name: string) => `Delete ${name}?`,
    body: 'Its events and its history can no longer be read. A later connection of the same name begins empty.',
  },
};
