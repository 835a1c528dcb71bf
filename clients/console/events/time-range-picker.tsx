/** The field with the time of arrival: the last hours, or from one moment to another, in the time zone of the browser. */
import DateRangePicker from '@cloudscape-design/components/date-range-picker';
import FormField from '@cloudscape-design/components/form-field';
import { zoneHere } from '../charts/periods.ts';
import { eventsText } from '../events-text.ts';
import { narrowWindow, useIsNarrow } from '../shell/fitting-table.tsx';
import { pickedOf, rangeMistake, rangePicked, relativeOptions, type TimeRange, units } from './time-range.ts';

interface TimeRangePickerProps {
  range: TimeRange;
  setRange: (range: TimeRange) => void;
  disabled?: boolean;
}

export function TimeRangePicker({ range, setRange, disabled = false }: TimeRangePickerProps) {
  const isNarrow = useIsNarrow(narrowWindow.short);
  return (
    <FormField label={eventsText.received}>
      <DateRangePicker
        value={pickedOf(range)}
        relativeOptions={relativeOptions}
        customRelativeRangeUnits={units}
        placeholder={eventsText.anyTime}
        disabled={disabled}
        isValidRange={(value) => {
          const mistake = rangeMistake(value);
          return mistake ? { valid: false, errorMessage: eventsText.rangeMistakes[mistake] } : { valid: true };
        }}
        i18nStrings={{
          formatRelativeRange: ({ amount, unit }) => eventsText.last(amount, unit),
          isoDateTimeConstraintText: eventsText.timeHint(zoneHere()),
        }}
        absoluteFormat="long-localized"
        dateInputFormat="iso"
        // In a narrow window it is high, and would be cut at the window's end. As a part of the page, it is scrolled to.
        expandToViewport={!isNarrow}
        onChange={({ detail }) => setRange(rangePicked(detail.value))}
      />
    </FormField>
  );
}
