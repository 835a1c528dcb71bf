/** The texts of the console about the routes of a connection. */
import type { routeModes } from '../shared/route/routes.ts';

const modes: Record<(typeof routeModes)[number], string> = {
  all: 'Each rule that matches an event sends it to its destination.',
  first: 'Only the first rule that matches an event sends it to its destination.',
};

export const routesText = {
  title: 'Routes',
  loading: 'Loading the routes',
  modes,
  none: 'No routes',
  noneNext: 'Events of this connection go to the event bus alone. Rules send them to destinations too.',
  /** Where an admin changes the rules. */
  change: (name: string) => `To change the rules: hooklatch routes set ${name}.`,
  rule: 'Rule',
  /** A rule with its place in the order. */
  inOrder: (place: number, id: string) => `${place}. ${id}`,
  when: 'For events that match',
  everyEvent: 'Every event',
  transform: 'Transform',
  asItCame: 'None: the body goes as it came',
  to: 'Destination',
};
