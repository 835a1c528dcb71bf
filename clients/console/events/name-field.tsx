/** A field for the name of something: it is typed, or chosen from those that are known. */
import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import { text } from '../text.ts';

interface NameFieldProps {
  label: string;
  description: string | undefined;
  error: string | undefined;
  value: string;
  setValue: (value: string) => void;
  /** Undefined until they are read. Others can be typed too: what a route was made for may be older than the route. */
  known: readonly string[] | undefined;
}

export const NameField = ({ label, description, error, value, setValue, known }: NameFieldProps) => (
  <FormField {...{ label, description }} errorText={error}>
    <Autosuggest
      value={value}
      options={(known ?? []).map((each) => ({ value: each }))}
      enteredTextLabel={text.shell.asTyped}
      onChange={({ detail }) => setValue(detail.value)}
    />
  </FormField>
);
