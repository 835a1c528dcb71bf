/**
 * The route for requests that no other route matches. It leads `/console/` and `/docs/` to their pages, because no route with a path
 * matches them for certain: a path can't end with a slash, and a variable needs a character. It answers anything else as API Gateway
 * does without it.
 */
export const defaultRoute = '$default';
