/** How times of day are written: in English, by the clock that the language of the browser uses. */

/** The locale for times: with the hours from 0 to 23, where a language has them. @param language a BCP 47 tag. Empty if it is not known */
export function localeOf(language: string): string {
  const { hourCycle } = new Intl.DateTimeFormat(language || undefined, { hour: 'numeric' }).resolvedOptions();
  return hourCycle === 'h23' || hourCycle === 'h24' ? 'en-u-hc-h23' : 'en';
}

/** The locale for times in this browser. */
export const localeHere = localeOf(navigator.language);
