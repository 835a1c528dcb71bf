/** Characters that nobody sees, made visible: a sender could hide something with them, or show it in another order. */

/** Controls apart from tabs and ends of lines, separators, what turns the direction of writing, and what has no width. */
const unseen = /(?!\t|\r?\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff]/gu;

/** The text with each unseen character named, such as `⟨U+202E⟩`. */
export const visible = (text: string): string =>
  text.replace(unseen, (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
