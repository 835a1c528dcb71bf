/** One rule in the form for routes. */
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Link from '@cloudscape-design/components/link';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type RefObject, useRef } from 'react';
import { flushSync } from 'react-dom';
import { routesText } from '../routes-text.ts';
import { useOpenAtError } from '../shell/open-at-error.ts';
import { hrefOf } from '../shell/page-link.tsx';
import { OptionalLabel, TextField } from '../shell/text-field.tsx';
import { WhenFields } from './condition-fields.tsx';
import { errorsOfRule, isOtherwise, type RuleErrors, type RuleFields } from './routes-fields.ts';
import type { RoutesForm } from './use-routes-form.ts';

interface RuleProps {
  form: RoutesForm;
  rule: RuleFields;
  /** Its place in the order, from 0. */
  at: number;
  /** The names of all destinations. */
  destinations: readonly string[];
}

/** With more rules than these, each is closed at first. */
const fewRules = 3;

/** A button that moves the rule. It keeps the focus, so that a rule is moved far by one key. */
function MoveButton({ form, rule, at, by }: Omit<RuleProps, 'destinations'> & { by: -1 | 1 }) {
  const button: RefObject<ButtonProps.Ref | null> = useRef(null);
  const isUp = by === -1;
  const isAtEnd = at === (isUp ? 0 : form.fields.rules.length - 1);
  function move() {
    // The browser takes the focus from what changes its place in the document.
    flushSync(() => form.move(rule.key, by));
    button.current?.focus();
  }
  return (
    <Button
      ref={button}
      variant="icon"
      iconName={isUp ? 'arrow-up' : 'arrow-down'}
      formAction="none"
      ariaLabel={(isUp ? routesText.moveUp : routesText.moveDown)(rule.id)}
      disabled={isAtEnd}
      {...(isAtEnd && { disabledReason: isUp ? routesText.isFirst : routesText.isLast })}
      onClick={move}
    />
  );
}

function Actions({ form, rule, at }: Omit<RuleProps, 'destinations'>) {
  return (
    <SpaceBetween direction="horizontal" size="xxs">
      <MoveButton form={form} rule={rule} at={at} by={-1} />
      <MoveButton form={form} rule={rule} at={at} by={1} />
      <Button
        variant="icon"
        iconName="remove"
        formAction="none"
        ariaLabel={routesText.remove(rule.id)}
        onClick={() => form.remove(rule.key)}
      />
    </SpaceBetween>
  );
}

function DestinationField({ rule, errors, destinations, enter }: Omit<RuleProps, 'form' | 'at'> & FieldProps) {
  // A destination that is gone is still what the rule names.
  const names = rule.to === '' || destinations.includes(rule.to) ? destinations : [rule.to, ...destinations];
  const options = names.map((value) => ({ value, label: value }));
  return (
    <FormField
      label={routesText.to}
      errorText={errors.to}
      secondaryControl={
        <Link external href={hrefOf('/create-destination')}>
          {routesText.createDestination}
        </Link>
      }
    >
      <Select
        selectedOption={options.find(({ value }) => value === rule.to) ?? null}
        options={options}
        placeholder={routesText.toChoose}
        filteringType="auto"
        filteringPlaceholder={routesText.toFind}
        filteringAriaLabel={routesText.toFind}
        noMatch={routesText.toNoMatch}
        onChange={({ detail }) => enter({ to: detail.selectedOption.value ?? '' })}
      />
    </FormField>
  );
}

interface FieldProps {
  errors: RuleErrors;
  enter: (entered: Partial<RuleFields>) => void;
}

const TransformField = ({ rule, errors, enter }: { rule: RuleFields } & FieldProps) => (
  <TextField
    stretch
    label={<OptionalLabel>{routesText.transformLabel}</OptionalLabel>}
    description={routesText.transformHint}
    error={errors.transform}
    value={rule.transform}
    rows={Math.min(16, Math.max(2, rule.transform.split('\n').length))}
    spellcheck={false}
    setValue={(transform) => enter({ transform })}
  />
);

export function RuleSection({ form, rule, at, destinations }: RuleProps) {
  const errors = errorsOfRule(form.errors, rule.key);
  const isAdded = form.added === rule.key;
  const [isOpen, setIsOpen] = useOpenAtError({
    ...form,
    errors,
    isInside: () => true,
    isOpenAtFirst: isAdded || form.fields.rules.length <= fewRules,
  });
  const enter = (entered: Partial<RuleFields>) => form.setRule({ ...rule, ...entered });
  const title = routesText.inOrder(at + 1, rule.id);
  return (
    <ExpandableSection
      variant="container"
      headerText={isOtherwise(form.fields, rule) ? `${title} (${routesText.otherwise})` : title}
      headerDescription={rule.to === '' ? routesText.toMissing : `→ ${rule.to}`}
      headerActions={<Actions form={form} rule={rule} at={at} />}
      expanded={isOpen}
      onChange={({ detail }) => setIsOpen(detail.expanded)}
    >
      {/* The fields of many closed rules would make each key slow. */}
      {isOpen && (
        <SpaceBetween size="l">
          <TextField
            label={routesText.id}
            description={routesText.idHint}
            error={errors.id}
            value={rule.id}
            autoFocus={isAdded}
            spellcheck={false}
            setValue={(id) => enter({ id })}
          />
          <DestinationField rule={rule} errors={errors} destinations={destinations} enter={enter} />
          <WhenFields when={rule.when} errors={errors} enter={(when) => enter({ when })} />
          <TransformField rule={rule} errors={errors} enter={enter} />
        </SpaceBetween>
      )}
    </ExpandableSection>
  );
}
