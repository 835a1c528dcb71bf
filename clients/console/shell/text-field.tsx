/** The fields of a form in which a person types: their labels, what is wrong with them, and their values. */
import FormField, { type FormFieldProps } from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import type { Ref } from 'react';
import { text } from '../text.ts';

type InputLook = Pick<InputProps, 'autoComplete' | 'autoFocus' | 'inputMode' | 'placeholder' | 'spellcheck' | 'type'>;

export interface TextFieldProps
  extends Pick<FormFieldProps, 'constraintText' | 'description' | 'label' | 'secondaryControl' | 'stretch'>,
    InputLook {
  error?: FormFieldProps['errorText'];
  value: string;
  setValue: (value: string) => void;
  /** The height of a field with several lines. By default it has one. */
  rows?: number | undefined;
  inputRef?: Ref<InputProps.Ref>;
}

export function TextField(props: TextFieldProps) {
  const {
    label,
    description,
    constraintText,
    stretch = false,
    secondaryControl,
    error,
    setValue,
    rows,
    inputRef = null,
    type = 'text',
    ...look
  } = props;
  return (
    <FormField {...{ label, description, constraintText, stretch, secondaryControl }} errorText={error}>
      {rows === undefined ? (
        <Input {...look} type={type} ref={inputRef} onChange={({ detail }) => setValue(detail.value)} />
      ) : (
        <Textarea {...look} rows={rows} onChange={({ detail }) => setValue(detail.value)} />
      )}
    </FormField>
  );
}

/** What is entered is not visible. */
export const SecretField = (props: TextFieldProps) => (
  <TextField {...props} type="password" autoComplete={false} spellcheck={false} />
);

/** The label of a field that may stay empty. */
export const OptionalLabel = ({ children }: { children: string }) => (
  <>
    {children} <i>– {text.shell.optional}</i>
  </>
);
