/** Times as a person types them, in the time zone of the browser. */
const form = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?$/;

/** The time as the API takes it. Undefined if the text is no time. */
export function isoOf(typed: string): string | undefined {
  const text = typed.trim();
  const time = form.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

const two = (value: number): string => String(value).padStart(2, '0');

/** A time as a person would type it, to the minute. */
export function typedTimeOf(time: Date): string {
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** The same, to the second where it is not a whole minute. */
export const typedSecondOf = (time: Date): string =>
  time.getSeconds() === 0 ? typedTimeOf(time) : `${typedTimeOf(time)}:${two(time.getSeconds())}`;
