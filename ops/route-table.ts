/** The table of routes as docs/api.md shows it, made from the routes so that it can't say anything else. */
import { type Route, routes } from '../shared/api/routes.ts';
import { markdownTable, withTable } from './table.ts';

const markers = ['<!-- routes: written by npm run routes -->', '<!-- /routes -->'] as const;

/** The names that a body or a query takes. */
function fieldsOf(schema: Route['body']): string {
  const { shape = {} } = (schema ?? {}) as { shape?: object };
  return Object.keys(shape)
    .map((name) => `\`${name}\``)
    .join(', ');
}

const row = ([key, { role, summary, query, body }]: [string, Route]): string[] => [
  `\`${key}\``,
  summary,
  fieldsOf(query),
  fieldsOf(body),
  role === 'nobody' ? 'no token' : `\`${role}\``,
];

/** A text with the table between its markers. @throws where it has no markers */
export function withRouteTable(text: string): string {
  const head = ['route', 'what it does', 'query', 'body', 'least role'];
  return withTable(text, markers, markdownTable([head, ...Object.entries<Route>(routes).map(row)]));
}
