/** The texts around the pages of the console, and those that many pages have. */
export const shellText = {
  shell: {
    /** Of an empty page of a table, after which others come. */
    noneYet: 'None so far',
    noneYetNext: (older: string) => `“${older}” looks further.`,
    found: (count: number) => `${count.toLocaleString('en')} found`,
    clearSearch: 'Clear the search',
    overview: 'Overview',
    connections: 'Connections',
    destinations: 'Destinations',
    jobs: 'Jobs',
    operators: 'Operators',
    signOut: 'Sign out',
    skip: 'Skip to the content',
    content: 'Content',
    /** Of a form, or of a dialog. */
    cancel: 'Cancel',
    /** Beside the label of a field. */
    optional: 'optional',
    breadcrumb: 'Breadcrumb',
    appearance: 'Appearance',
    light: 'Light',
    dark: 'Dark',
    system: 'As in the system',
    unreachable:
      'The API can’t be reached. What you see may be out of date. The console keeps trying, and goes on by itself.',
    loading: 'Loading the page',
    chooseTime: 'Choose the time',
    asTyped: (value: string) => `As it is typed: ${value}`,
    restored: 'This is what was entered before the session ended. Another operator’s secrets are not in it.',
    pageFailed: 'This page could not be shown',
    pageFailedNext: 'It has an error. If “Try again” does not help, open it in a new tab. You stay signed in there.',
    pagesUnreachable: 'Its file can’t be reached. The console keeps trying, and shows the page as soon as it can.',
    pagesReplaced:
      'The console was updated since you opened this tab, and the file of this page is gone. Open the page in a new tab: you stay signed in there.',
    openAnew: 'Open in a new tab',
    notFound: 'There is no such page',
    notFoundNext: 'The address may be mistyped, or the page was removed.',
    toConnections: 'Go to the connections',
    toDestinations: 'Go to the destinations',
    toConnection: 'Go to the connection',
    toRoutes: 'Go to the routes',
    toDestination: 'Go to the destination',
  },
  problem: {
    title: 'That did not work',
    loadTitle: 'This could not be loaded',
    notLoaded: 'Not loaded',
    requestId: 'Request id',
    requestIdNote: 'The logs of Hooklatch have the same id.',
    notFound: 'Not found',
    changed: 'Somebody else changed this in the meantime. It was read again: look at it, then try again.',
    retry: 'Try again',
  },
  unsaved: {
    title: 'Leave without saving?',
    body: 'What you entered here is not saved.',
    discard: 'Discard',
    stay: 'Keep editing',
  },
  /** @param button closes the dialog */
  shownOnce: (button: string) => `What is shown here can’t be shown again. Copy it, then choose “${button}”.`,
};
