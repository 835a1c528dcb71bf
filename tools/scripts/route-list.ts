/** The list of routes in docs/api.md, made from the routes so that it can't differ from them. */
import type { Route } from '../shared/api/route.ts';
import { routes } from '../shared/api/routes.ts';
import { withGenerated } from './generated-markdown.ts';

const markers = ['<!-- routes: written by npm run routes -->', '<!-- /routes -->'] as const;

/** The fields of a body or a query as one sentence. Empty if it has no fields. */
function fieldsOf(title: string, schema: Route['body']): string[] {
  const { shape = {} } = (schema ?? {}) as { shape?: object };
  const names = Object.keys(shape).map((name) => `\`${name}\``);
  return names.length > 0 ? [`${title}: ${names.join(', ')}.`] : [];
}

function item([key, { role, summary, query, body }]: [string, Route]): string {
  const who = role === 'nobody' ? 'No token.' : `Role: \`${role}\`.`;
  const facts = [...fieldsOf('Query', query), ...fieldsOf('Body', body), who];
  return `- **\`${key}\`**: ${summary}\n  ${facts.join(' ')}`;
}

/**
 * Writes the list between the markers of a text.
 * @throws if the text lacks a marker
 */
export const withRouteList = (text: string): string =>
  withGenerated(text, markers, Object.entries<Route>(routes).map(item).join('\n'));
