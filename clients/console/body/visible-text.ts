/** Characters that nobody sees, made visible: a sender could hide something with them, or show it in another order. */

/** Controls apart from tabs and ends of lines, separators, what turns the direction of writing, and what has no width. */
const unseen = /(?!\t|\r?\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff]/gu;

/** The characters that change the direction of the text around them. A sender could show a name as another one with them. */
const directionControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const nameOf = (sign: string): string => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** The text with each unseen character named, such as `⟨U+202E⟩`. */
export const madeVisible = (text: string): string => text.replace(unseen, nameOf);

/** The text with its direction controls named, so that it stands in the order of its bytes. */
export const inByteOrder = (text: string): string => text.replace(directionControls, nameOf);
