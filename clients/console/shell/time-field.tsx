/** A field for a time: it is typed, or chosen in the browser's own picker, which knows what a person is used to. */
import Button from '@cloudscape-design/components/button';
import { useRef } from 'react';
import { text } from '../text.ts';
import { TextField, type TextFieldProps } from './text-field.tsx';
import './time-field.css';

interface TimeFieldProps extends Omit<TextFieldProps, 'label'> {
  label: string;
}

export function TimeField(props: TimeFieldProps) {
  const { label, value, setValue } = props;
  const picker = useRef<HTMLInputElement>(null);
  return (
    <TextField
      {...props}
      secondaryControl={
        <span className="time-picker">
          <Button
            variant="icon"
            iconName="calendar"
            formAction="none"
            ariaLabel={`${text.shell.chooseTime}: ${label}`}
            onClick={() => picker.current?.showPicker()}
          />
          {/* Only its picker is used: the field beside it takes more ways to type a time. Some browsers add parts of a second. */}
          <input
            ref={picker}
            type="datetime-local"
            step={1}
            tabIndex={-1}
            aria-hidden="true"
            value={value.trim().replace(' ', 'T')}
            onChange={({ target }) => target.value !== '' && setValue(target.value.replace(/\.\d+$/, ''))}
          />
        </span>
      }
    />
  );
}
