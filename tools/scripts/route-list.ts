/** The list of routes in docs/api.md, made from the routes so that it can't differ from them. */
import { sentencesOf } from '../../shared/operators/api/openapi-document.ts';
import type { Route } from '../../shared/operators/api/route.ts';
import { routes } from '../../shared/operators/api/routes.ts';
import { withGenerated } from './generated-markdown.ts';

const markers = ['<!-- routes: written by npm run routes -->', '<!-- /routes -->'] as const;

const namesOf = (schema: Route['body']): string[] =>
  Object.keys((schema as { shape?: object } | undefined)?.shape ?? {});

/** Names as one sentence. Empty if there are none. */
const sentence = (title: string, names: readonly string[]): string[] =>
  names.length > 0 ? [`${title}: ${names.map((name) => `\`${name}\``).join(', ')}.`] : [];

/** What the page says of each list at once. */
const ofPages = ['limit', 'cursor'];

function querySentences(query: Route['query']): string[] {
  const names = namesOf(query);
  const isPaged = ofPages.every((name) => names.includes(name));
  const own = names.filter((name) => !isPaged || !ofPages.includes(name));
  return [...(isPaged ? ['Paged.'] : []), ...sentence('Query', own)];
}

const who = { nobody: ['No token.'], flow_designer: [], connection_admin: ['Admins.'] };

/** The OpenAPI document has the other sentences of the summary. */
const item = ([key, { role, summary, query, body }]: [string, Route]): string =>
  [
    `- **\`${key}\`**: ${sentencesOf(summary).title}`,
    ...querySentences(query),
    ...sentence('Body', namesOf(body)),
    ...who[role],
  ].join(' ');

/**
 * Writes the list between the markers of a text.
 * @throws if the text lacks a marker
 */
export const withRouteList = (text: string): string =>
  withGenerated(text, markers, Object.entries<Route>(routes).map(item).join('\n'));
