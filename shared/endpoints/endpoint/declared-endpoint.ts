/** What a template and a file have in common when they say how an endpoint is to be. Pure. */

/** What the rules need of an endpoint: its record has it, and what the API shows of it. Null without one. */
type Declared = { status: string; tokens: readonly unknown[] } | null;

export const hasToken = (endpoint: Declared): boolean => endpoint !== null && endpoint.tokens.length > 0;

/** What is said of a token, compared with what was said before. */
interface TokenSaid {
  isGenerated: boolean;
  isChanged: boolean;
  /** Whether the token came from somewhere else before. */
  wasGiven?: boolean;
  isOpening: boolean;
}

/** What the token needs. */
export function tokenNeed(
  endpoint: Declared,
  { isGenerated, isChanged, wasGiven = false, isOpening }: TokenSaid,
): 'create' | 'replace' | 'none' {
  // Without a token, the endpoint could not be opened.
  if (!hasToken(endpoint)) return isChanged || isOpening ? 'create' : 'none';
  if (!isChanged) return 'none';
  // A token that is live already, whoever made it, is as good as a generated one: nobody would tell the sender another one.
  return !isGenerated || wasGiven ? 'replace' : 'none';
}

/** The steps that remove a connection, one after the other. */
export const removalSteps = (endpoint: Declared) => [
  ...(endpoint?.status === 'active' ? [{ verb: 'deactivate' } as const] : []),
  ...(hasToken(endpoint) ? [{ verb: 'removeToken' } as const] : []),
  ...(endpoint ? [{ verb: 'deconfigure' } as const] : []),
  { verb: 'delete' } as const,
];
