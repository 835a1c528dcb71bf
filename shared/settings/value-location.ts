/** Where something stands in a request. */

/** A place in a request; a name in a query is matched as it is, a header's in lower case. */
export type ValueLocation =
  | { in: 'query'; name: string }
  | { in: 'header'; name: string }
  | { in: 'body'; path: string };
