/** The texts of the palette. */
export const paletteText = {
  label: 'Name, id or text',
  hint: 'A page, a connection, a destination, the id of an event or of a delivery, or a text in events. Ctrl+K or ⌘K opens this on every page.',
  go: 'Go',
  loading: 'Loading names',
  failed: 'The names could not be loaded. An id or a text is found all the same.',
  groups: { pages: 'Pages', connections: 'Connections', destinations: 'Destinations' },
  ids: { event: 'Event', delivery: 'Delivery' },
  search: 'In events',
  searchFor: (typed: string) => `Search all connections for “${typed}”`,
};
