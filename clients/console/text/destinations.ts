/** The texts of the list of destinations, and of the page of one. */
import type { ManagedBy } from '../../../shared/endpoints/endpoint/managed-by.ts';
import { managedByFileText } from './managed.ts';

export const destinationsText = {
  destinations: {
    title: 'Destinations',
    create: 'Create destination',
    createNotAllowed: 'Only a connection admin can create destinations.',
    search: 'Find destinations',
    none: 'No destinations yet',
    noneNext: 'A destination is a URL that gets signed requests. Create one, and test it.',
    noMatch: 'No destination matches',
    name: 'Name',
    status: 'Status',
    health: 'Health',
    origin: 'Host',
    method: 'Method',
    auth: 'Credentials',
    changed: 'Last changed',
    loading: 'Loading destinations',
    statuses: { active: 'Active', paused: 'Paused' },
    authKinds: {
      none: 'None',
      bearer: 'Bearer token',
      basic: 'User name and password',
      header: 'A header of its own',
      oauth2: 'OAuth 2 (client credentials)',
    },
  },
  destination: {
    tabs: { settings: 'Destination', attempts: 'Attempts', deliveries: 'Deliveries', history: 'History' },
    title: 'Destination',
    /** Of the form that edits it. */
    crumb: 'Settings',
    loading: 'Loading the destination',
    notAllowed: 'Only a connection admin can do this.',
    edit: 'Edit',
    pause: 'Pause',
    resume: 'Resume',
    test: 'Test',
    hints: {
      pause: '“Pause” lets deliveries wait until you resume.',
      test: '“Test” sends a signed request, and shows what comes back.',
    },
    managedElsewhere: (managedBy: ManagedBy) =>
      managedBy.kind === 'file'
        ? managedByFileText('destination', managedBy)
        : `A CloudFormation stack manages this destination (as ${managedBy.logicalId}). What you change here differs from the stack, and its next update may change it back.`,
    paused: 'The destination is paused: deliveries to it wait until it is resumed. Paused',
    /** By fact, in the order of the page. */
    labels: {
      status: 'Status',
      origin: 'URL (the rest is not shown)',
      method: 'Method',
      auth: 'Credentials',
      headers: 'Headers',
      timeout: 'Time for an answer',
      rate: 'Rate limit',
      concurrency: 'Requests at once',
      giveUp: 'A delivery is tried for',
      schedule: 'Waits between attempts',
      retryOn: 'Tried again after',
      changed: 'Last changed',
    },
    by: 'by',
    noHeaders: 'None',
    credentials: 'the credentials',
    noLimit: 'No limit of its own',
    seconds: (count: number) => `${count} ${count === 1 ? 'second' : 'seconds'}`,
    hours: (count: number) => `${count} ${count === 1 ? 'hour' : 'hours'}`,
    atMost: (count: number) => `At most ${count}`,
    perSecond: (count: number) => `${count.toLocaleString('en')} a second`,
    perMinute: (count: number) => `${count.toLocaleString('en')} a minute`,
    secret: {
      title: 'Signing secret',
      purpose: 'Each request is signed with it. Give it to the receiver, who verifies the requests.',
      revealNote: 'Revealing and copying are recorded in the history.',
      copy: 'Copy secret',
      created: 'Created',
      previous: 'The previous secret signs too until',
      rotate: 'Rotate secret',
      rotateNote:
        'Generates a new secret. For some time more, requests are signed with both, so that the receiver can change its own at any time.',
      graceLabel: 'Sign with the current secret for',
      force: 'An earlier rotation still runs: its previous secret ends now.',
    },
    tested: {
      title: 'Test of the destination',
      running: 'A signed request is under way.',
      delivered: (status: number | undefined) => `The destination took the request: it answered ${status}.`,
      time: 'Time',
      ms: (ms: number) => `${ms.toLocaleString('en')} ms`,
      answer: 'Answer',
    },
    remove: {
      button: 'Delete destination',
      title: (name: string) => `Delete ${name}?`,
      body: 'Its URL, its credentials and its secret are deleted, and its history can no longer be read. A later destination of the same name begins anew.',
      force: 'Delete it with force',
      forceNote: 'What routes send to it then fails.',
    },
    history: {
      noneNext: 'Every change of the destination appears here, and every reveal of its secret, with who made it.',
    },
  },
};
