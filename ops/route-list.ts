/** The list of routes in docs/api.md, made from the routes so that it can't differ from them. */
import type { Route } from '../shared/api/route.ts';
import { routes } from '../shared/api/routes.ts';
import { withTable } from './table.ts';

const markers = ['<!-- routes: written by npm run routes -->', '<!-- /routes -->'] as const;

/** What a body or a query takes, as a sentence; none if it takes nothing. */
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

/** A text with the list between its markers. @throws if it has no markers */
export const withRouteList = (text: string): string =>
  withTable(text, markers, Object.entries<Route>(routes).map(item).join('\n'));
