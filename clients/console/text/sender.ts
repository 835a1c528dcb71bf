/** The sender's name at the beginning of a sentence: `the sender` is the name of an unknown one. */
export const first = (sender: string): string => sender.charAt(0).toUpperCase() + sender.slice(1);
