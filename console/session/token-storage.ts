/**
 * Where the operator token stays if the operator ticks the box: in `sessionStorage`, which ends with the tab and which no
 * other tab can read. Without the tick it is in memory only.
 */
const key = 'hooklatch-operator-token';
/** The token of a page that loads itself again. It is there from the end of one page until the start of the next. */
const reloadKey = 'hooklatch-reload-token';

export const keepToken = (token: string): void => sessionStorage.setItem(key, token);
export const keptToken = (): string | undefined => sessionStorage.getItem(key) ?? undefined;

/** Forgets whatever token this tab kept, such as that of another operator. */
export const keepNone = (): void => sessionStorage.removeItem(key);

/** Forgets this token, unless another one has replaced it. */
export function forgetToken(token: string): void {
  if (keptToken() === token) sessionStorage.removeItem(key);
}

/** Leaves the token to the page that this tab loads next. */
export const handOver = (token: string): void => sessionStorage.setItem(reloadKey, token);

/** The token that the last page of this tab left, if any. It can be taken once. */
export function takeHandedOver(): string | undefined {
  const token = sessionStorage.getItem(reloadKey) ?? undefined;
  sessionStorage.removeItem(reloadKey);
  return token;
}
