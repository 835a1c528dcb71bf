/** The texts of the palette, and of the list of keys. */
export const paletteText = {
  label: 'Name, id or text',
  hint: 'A page, a connection, a destination, the id of an event or of a delivery, or a text in events. Ctrl+K or ⌘K opens this on every page, and ? lists all keys.',
  go: 'Go',
  loading: 'Loading names',
  failed: 'The names could not be loaded. An id or a text is found all the same.',
  groups: { pages: 'Pages', connections: 'Connections', destinations: 'Destinations' },
  ids: { event: 'Event', delivery: 'Delivery' },
  search: 'In events',
  searchFor: (typed: string) => `Search all connections for “${typed}”`,
};

export const keyText = {
  title: 'Keys',
  close: 'Close',
  key: 'Key',
  does: 'What it does',
  keys: [
    { keys: 'Ctrl+K, ⌘K', does: 'Goes to a page, a name or an id, or searches for a text.' },
    { keys: '?', does: 'Lists the keys.' },
    { keys: '/', does: 'In a list of events, or the search: goes to the filter.' },
    {
      keys: '↑ ↓',
      does: 'In a list of events in a wide window: shows another event beside the list, once one is chosen.',
    },
    { keys: 'Enter', does: 'In such a list: opens the chosen event.' },
    { keys: 'J, K', does: 'On the page of an event: goes to the one before, or after.' },
    { keys: '↑ ↓ ← →', does: 'In a body: goes from line to line, and folds.' },
    { keys: 'Enter, Shift+Enter', does: 'In the search in a body: goes to the next find, or the one before.' },
    { keys: 'Esc', does: 'Closes a dialog.' },
  ],
};
