/** `rotateToken` as words. */
export const verbText = (verb: string): string =>
  verb.charAt(0).toUpperCase() + verb.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
