/** A field for a secret that the sender shows. What is pasted is not visible. */
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';

interface SecretFieldProps {
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  value: string;
  /** Whether it has the focus at once, because somebody asked for it. */
  autoFocus?: boolean;
  setValue: (value: string) => void;
}

export const SecretField = ({ label, description, error, value, autoFocus = false, setValue }: SecretFieldProps) => (
  <FormField label={label} description={description} errorText={error}>
    <Input
      type="password"
      autoFocus={autoFocus}
      value={value}
      autoComplete={false}
      spellcheck={false}
      onChange={({ detail }) => setValue(detail.value)}
    />
  </FormField>
);
