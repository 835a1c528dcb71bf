/** A rejection in words. */

/** A reason, such as `token_missing`, in words. */
export const reasonText = (reason: string): string => {
  const words = reason.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Headers of every request, and those that API Gateway adds. They tell nothing about the sender. */
const commonHeaders = new Set(['accept', 'accept-encoding', 'connection', 'content-length', 'host', 'user-agent']);

/** The names of headers that a sender chose. */
export const sentHeaders = (names: readonly string[]): string[] =>
  names.filter((name) => !commonHeaders.has(name) && !/^(x-amzn-trace-id|x-forwarded-(for|port|proto))$/.test(name));
