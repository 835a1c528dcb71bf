/** The texts of the list of connections, and of the form that creates one. */
export const connectionsText = {
  connections: {
    title: 'Connections',
    create: 'Create connection',
    createNotAllowed: 'Only a connection admin can create connections.',
    search: 'Find connections',
    none: 'No connections yet',
    noneNext: 'A connection stands for one application that sends you webhooks. Create one to get a URL for it.',
    noMatch: 'No connection matches',
    name: 'Name',
    provider: 'Provider',
    status: 'Status',
    lastHour: 'Last hour',
    counts: (events: number, rejections: number, isComplete: boolean) =>
      `${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'}, ${isComplete ? '' : 'at least '}${rejections.toLocaleString('en')} ${rejections === 1 ? 'rejection' : 'rejections'}`,
    /** What the charts of the column show. */
    legend: (greatest: number, asOf: string) =>
      `A bar for each minute, blue for events and red for rejections. All charts have the same scale: the highest bar is ${greatest.toLocaleString('en')}. Counted up to ${asOf}.`,
    lastEvent: 'Last event',
    never: 'Never',
    loading: 'Loading connections',
  },
  create: {
    name: 'Name',
    nameHint: 'Part of the webhook URL. It never changes.',
    nameForm: '2 to 48 lower case letters, digits and dashes. Begins with a letter. For example: shop-orders.',
    nameMissing: 'Enter a name.',
    nameInstead: (allowed: string) => `This name is not allowed. For example, “${allowed}” is.`,
    /** By the API's code. */
    nameTaken: {
      connection_exists: 'A connection has this name already; choose another one.',
      destination_exists: 'A destination has this name already; choose another one.',
    },
    nameWrong: 'This name is not allowed. Begin with a letter, and use at least 2 characters.',
    provider: 'Provider',
    providerHint: 'The application that sends the webhooks. If it is not listed, choose “Any other sender”.',
    providerChoose: 'Choose a provider',
    providerMissing: 'Choose a provider.',
    providerNoMatch: 'No provider matches. Clear the search, and choose “Any other sender”.',
    providersFailed: 'The providers could not be loaded.',
    providerFind: 'Find a provider',
    providersLoading: 'Loading providers',
    description: 'Description',
    setUp: 'Set up',
  },
};
