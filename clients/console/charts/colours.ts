/** What the colours of all charts mean. Each has enough contrast on the light and on the dark background. */
export const colours = {
  accepted: '#4c8bf0',
  delivered: '#2e9e5b',
  /** Refused, or failed. */
  badly: '#d9515c',
  /** What is neither: duplicates, and what is not over. */
  beside: '#8c8c94',
  chosen: '#c2661f',
  /** As long a time before the shown one. */
  before: '#7f959d',
} as const;

/** Kinds of what was refused, beside each other. None of them is the colour of what was accepted or delivered. */
export const badColours = [colours.badly, '#c2661f', '#a865c9', '#b8860b', '#8f6b5b', '#c4528f'] as const;
