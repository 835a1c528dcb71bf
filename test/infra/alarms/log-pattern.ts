/** Evaluates the pattern of a metric filter on a line of a log, as CloudWatch Logs describes it for lines of JSON. */

/** The value at `$.a.b`. Undefined if the line has none. */
export function valueAt(path: string, line: unknown): unknown {
  const names = path.replace(/^\$\./, '').split('.');
  return names.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], line);
}

/** Compares with a text in which an asterisk stands for any characters. What the line does not have matches no comparison. */
function isEqual(value: unknown, wanted: string): boolean {
  const parts = wanted.split('*').map((part) => part.replace(/[/\\^$+?.()|[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(String(value));
}

/**
 * Whether a line matches. The pattern may compare fields with texts by `=` and `!=`, and join these by `&&`, `||` and parentheses.
 * @throws if the pattern has anything else
 */
export function isMatch(pattern: string, line: unknown): boolean {
  const tokens = pattern.match(/"[^"]*"|\$[\w.]+|&&|\|\||!?=|[(){}]|\S/g) ?? [];
  const next = (expected?: RegExp): string => {
    const token = tokens.shift() ?? '';
    if (expected && !expected.test(token)) throw new Error(`can't read ${token} in ${pattern}`);
    return token;
  };
  const compared = (): boolean => {
    if (tokens[0] === '(') {
      next();
      const inner = either();
      next(/^\)$/);
      return inner;
    }
    const value = valueAt(next(/^\$\./), line);
    const operator = next(/^!?=$/);
    const isSame = isEqual(value, next(/^"/).slice(1, -1));
    return value !== undefined && isSame === (operator === '=');
  };
  const both = (): boolean => {
    let result = compared();
    while (tokens[0] === '&&') {
      next();
      result = compared() && result;
    }
    return result;
  };
  const either = (): boolean => {
    let result = both();
    while (tokens[0] === '||') {
      next();
      result = both() || result;
    }
    return result;
  };
  next(/^\{$/);
  const result = either();
  next(/^\}$/);
  if (tokens.length > 0) throw new Error(`${tokens.join(' ')} is left of ${pattern}`);
  return result;
}
