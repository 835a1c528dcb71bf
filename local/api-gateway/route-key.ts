/** A segment of a route's path. The kinds are in the order of precedence. */
type PathSegment = { kind: 'literal' | 'variable' | 'greedy'; name: string };

export interface RouteKey {
  /** A method, `ANY`, or `$default` for the route that gets all other requests. */
  method: string;
  /** The path in the route key. Empty for `$default`. */
  path: string;
  segments: readonly PathSegment[];
}

export interface RouteMatch<R> {
  route: R;
  /** Decoded values of the path variables. Empty if the route has none. */
  pathParameters: Record<string, string>;
}

const precedence = { literal: 0, variable: 1, greedy: 2 };

/** Parses a route key: `POST /a/{b}/{rest+}`, `ANY /a` or `$default`. Throws if the text is not a route key. */
export function parseRouteKey(key: string): RouteKey {
  if (key === '$default') return { method: '$default', path: '', segments: [] };
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(key) ?? [];
  if (!method || !path) throw new Error(`${key} is not a route key`);
  return { method, path, segments: path.slice(1).split('/').map(parseSegment) };
}

function parseSegment(text: string): PathSegment {
  const [, name = '', plus] = /^\{([^{}+]+)(\+?)\}$/.exec(text) ?? [];
  if (!name) return { kind: 'literal', name: text };
  return { kind: plus ? 'greedy' : 'variable', name };
}

/**
 * Finds the most specific route that matches method and path, as an HTTP API does. In each segment, a literal comes
 * before a variable, and a variable before a greedy variable. An exact method comes before `ANY`; `$default` is last.
 * The path is not normalized, so `..` and `//` are ordinary segments.
 * @param path the raw path, still percent-encoded
 */
export function findRoute<R extends RouteKey>(
  routes: readonly R[],
  method: string,
  path: string,
): RouteMatch<R> | undefined {
  const segments = path.slice(1).split('/').map(decodePercent);
  let best: RouteMatch<R> | undefined;
  for (const route of routes) {
    if (route.method !== 'ANY' && route.method !== '$default' && route.method !== method) continue;
    const pathParameters = matchSegments(route.segments, segments, route.method === '$default');
    if (pathParameters && (!best || isMoreSpecific(route, best.route))) best = { route, pathParameters };
  }
  return best;
}

function matchSegments(route: readonly PathSegment[], path: readonly string[], isDefault: boolean) {
  const parameters: Record<string, string> = Object.create(null);
  if (isDefault) return parameters;
  for (const [index, segment] of route.entries()) {
    const value = path[index];
    // Every variable, even a greedy one, matches at least one character.
    if (segment.kind === 'greedy') {
      const rest = path.slice(index).join('/');
      if (!rest) return undefined;
      parameters[segment.name] = rest;
      return parameters;
    }
    if (segment.kind === 'literal' ? value !== segment.name : !value) return undefined;
    if (segment.kind === 'variable') parameters[segment.name] = value as string;
  }
  return route.length === path.length ? parameters : undefined;
}

function isMoreSpecific(left: RouteKey, right: RouteKey): boolean {
  if (left.method === '$default' || right.method === '$default') return right.method === '$default';
  for (const [index, segment] of left.segments.entries()) {
    const other = right.segments[index];
    if (other && other.kind !== segment.kind) return precedence[segment.kind] < precedence[other.kind];
  }
  return left.method !== 'ANY' && right.method === 'ANY';
}

/**
 * Percent-decodes text to UTF-8. Never fails: a broken escape stays as it is, and invalid UTF-8 becomes U+FFFD. So
 * hostile input reaches the function instead of failing here.
 */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  const binary = Buffer.from(text, 'utf8').toString('latin1');
  const decoded = binary.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, 'latin1').toString('utf8');
}
