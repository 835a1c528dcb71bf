/** The list of routes in docs/api.md, made from the routes so that it can't differ from them. */
import { sentencesOf } from '../../shared/operators/api/openapi-document.ts';
import type { Route } from '../../shared/operators/api/route.ts';
import { routes } from '../../shared/operators/api/routes.ts';
import { withGenerated } from './generated-markdown.ts';

const markers = ['<!-- routes: written by npm run routes -->', '<!-- /routes -->'] as const;

/** The fields of a body or a query as one sentence. Empty if it has no fields. */
function fieldsOf(title: string, schema: Route['body']): string[] {
  const { shape = {} } = (schema ?? {}) as { shape?: object };
  const names = Object.keys(shape).map((name) => `\`${name}\``);
  return names.length > 0 ? [`${title}: ${names.join(', ')}.`] : [];
}

const who = { nobody: ['No token.'], flow_designer: [], connection_admin: ['Admins only.'] };

/** The OpenAPI document has the other sentences of the summary. */
const item = ([key, { role, summary, query, body }]: [string, Route]): string =>
  [
    `- **\`${key}\`**: ${sentencesOf(summary).title}`,
    ...fieldsOf('Query', query),
    ...fieldsOf('Body', body),
    ...who[role],
  ].join(' ');

/**
 * Writes the list between the markers of a text.
 * @throws if the text lacks a marker
 */
export const withRouteList = (text: string): string =>
  withGenerated(text, markers, Object.entries<Route>(routes).map(item).join('\n'));
