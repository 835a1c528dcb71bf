/** The time of arrival that a list of events is narrowed to: the last hours, or from one moment to another. */
import type { DateRangePickerProps } from '@cloudscape-design/components/date-range-picker';
import { hoursBack } from '../durations.ts';

/** Empty fields narrow nothing. Either `hours` is there, or both `from` and `to`, or none of them. */
export interface TimeRange {
  /** The last hours, as a whole number. */
  hours: string;
  /** Both inclusive, as `Date.toISOString` writes them. */
  from: string;
  to: string;
}

export const anyTime: TimeRange = { hours: '', from: '', to: '' };

const hourMs = 3_600_000;

const instantOf = (text: string): string | undefined => {
  const time = Date.parse(text);
  return /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(time) ? new Date(time).toISOString() : undefined;
};

/** A range as anybody can write it into a link. Moments go before hours, and what is no range narrows nothing. */
export function timeRangeOf({ hours, from, to }: TimeRange): TimeRange {
  const [begin, end] = [instantOf(from), instantOf(to)];
  if (begin !== undefined && end !== undefined && begin <= end) return { ...anyTime, from: begin, to: end };
  // More than a year, which is longer than events are kept.
  return /^[1-9]\d{0,3}$/.test(hours) ? { ...anyTime, hours } : anyTime;
}

/** The range as the API takes it. The last hours end now. */
export function boundsOf({ hours, from, to }: TimeRange): { from?: string; to?: string } {
  if (from !== '') return { from, to };
  return hours === '' ? {} : { from: new Date(Date.now() - Number(hours) * hourMs).toISOString() };
}

const unitHours = { hour: 1, day: 24, week: 168 } as const;
type Unit = keyof typeof unitHours;
export const units = Object.keys(unitHours) as Unit[];

/** What the picker shows. */
type Picked = DateRangePickerProps.Value;

const relativeOf = (hours: number): { amount: number; unit: Unit } => {
  const unit = units.findLast((each) => hours % unitHours[each] === 0) ?? 'hour';
  return { amount: hours / unitHours[unit], unit };
};

/** The lengths of time to choose from. */
export const relativeOptions = hoursBack.map(({ value }) => ({
  ...relativeOf(Number(value)),
  key: value,
  type: 'relative' as const,
}));

export function pickedOf({ hours, from, to }: TimeRange): Picked | null {
  if (from !== '') return { type: 'absolute', startDate: from, endDate: to };
  if (hours === '') return null;
  const key = relativeOptions.some((option) => option.key === hours) ? { key: hours } : {};
  return { type: 'relative', ...key, ...relativeOf(Number(hours)) };
}

const lastMs = 999;

/** The range that a person picked. Its last second is whole: the picker has no parts of it. */
export function rangePicked(picked: Picked | null): TimeRange {
  if (picked === null) return anyTime;
  if (picked.type === 'relative')
    return timeRangeOf({ ...anyTime, hours: String(picked.amount * (unitHours[picked.unit as Unit] ?? Number.NaN)) });
  const end = new Date(picked.endDate);
  if (!Number.isNaN(end.getTime())) end.setMilliseconds(lastMs);
  return timeRangeOf({ ...anyTime, from: picked.startDate, to: Number.isNaN(end.getTime()) ? '' : end.toISOString() });
}

/** What is wrong with a range that a person is about to pick. */
export function rangeMistake(picked: Picked | null): 'incomplete' | 'backwards' | 'length' | undefined {
  if (picked === null || rangePicked(picked).hours !== '' || rangePicked(picked).from !== '') return undefined;
  if (picked.type === 'relative') return 'length';
  // A date without its time, or a time alone, is no moment.
  return instantOf(picked.startDate) && instantOf(picked.endDate) ? 'backwards' : 'incomplete';
}
