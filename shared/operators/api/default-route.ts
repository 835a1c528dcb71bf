/**
 * The route for requests that no other route matches. It has the web pages, and answers anything else as API Gateway does without it.
 * A route with a path could not lead `/console/` and `/docs/` to their pages: a path can't end with a slash, and a variable needs a
 * character.
 */
export const defaultRoute = '$default';
