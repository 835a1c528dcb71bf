/**
 * Where the operator token stays if the operator ticks the box: in `sessionStorage`, which ends with the tab and which no
 * other tab can read. Without the tick it is in memory only.
 */
const key = 'hooklatch-operator-token';

export const keepToken = (token: string): void => sessionStorage.setItem(key, token);
export const keptToken = (): string | undefined => sessionStorage.getItem(key) ?? undefined;

/** Forgets this token, unless another one has replaced it. */
export function forgetToken(token: string): void {
  if (keptToken() === token) sessionStorage.removeItem(key);
}
