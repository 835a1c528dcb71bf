/** The pattern of a rule: conditions to fill in, or JSON. */
import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { routesText } from '../routes-text.ts';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { TextField } from '../shell/text-field.tsx';
import {
  type Condition,
  comparesWithValue,
  newCondition,
  type Subject,
  type Test,
  testsOf,
  withSubject,
} from './pattern-builder.ts';
import { conditionsIn, jsonIn, type RuleErrors, type RuleFields } from './routes-fields.ts';

type When = RuleFields['when'];

interface ConditionProps {
  condition: Condition;
  at: number;
  errors: RuleErrors;
  enter: (condition: Condition) => void;
  remove: () => void;
}

const subjectOptions = Object.entries(routesText.subjects).map(([value, label]) => ({ value, label }));

function ValueField({ condition, at, errors, enter }: ConditionProps) {
  if (!comparesWithValue(condition)) return null;
  const isList = condition.test === 'oneOf';
  return (
    <TextField
      label={isList ? routesText.values : routesText.value}
      error={errors[`${at}.value`]}
      value={condition.value}
      rows={isList ? 3 : undefined}
      spellcheck={false}
      setValue={(value) => enter({ ...condition, value })}
    />
  );
}

function ConditionFields(props: ConditionProps) {
  const { condition, at, errors, enter, remove } = props;
  const tests = testsOf[condition.subject].map((value) => ({ value, label: routesText.tests[value] }));
  return (
    <fieldset className="condition" aria-label={routesText.subject(at + 1)}>
      <FormField label={routesText.subject(at + 1)}>
        <Select
          selectedOption={subjectOptions.find(({ value }) => value === condition.subject) ?? null}
          options={subjectOptions}
          onChange={({ detail }) => enter(withSubject(condition, detail.selectedOption.value as Subject))}
        />
      </FormField>
      {condition.subject !== 'type' && (
        <TextField
          label={routesText.names[condition.subject]}
          error={errors[`${at}.name`]}
          value={condition.name}
          placeholder={routesText.examples[condition.subject]}
          spellcheck={false}
          setValue={(name) => enter({ ...condition, name })}
        />
      )}
      <FormField label={routesText.test}>
        <Select
          selectedOption={tests.find(({ value }) => value === condition.test) ?? null}
          options={tests}
          onChange={({ detail }) => enter({ ...condition, test: detail.selectedOption.value as Test })}
        />
      </FormField>
      <ValueField {...props} />
      <div className="condition-remove">
        <Button
          variant="icon"
          iconName="close"
          formAction="none"
          ariaLabel={routesText.removeCondition(at + 1)}
          onClick={remove}
        />
      </div>
    </fieldset>
  );
}

interface WhenProps {
  when: When;
  errors: RuleErrors;
  enter: (when: When) => void;
}

interface FormProps<Form extends When> extends WhenProps {
  when: Form;
  /** Whether the button that led here is gone, so that the focus needs another place. */
  isSwitched: boolean;
}

function Conditions({ when, errors, enter, isSwitched }: FormProps<readonly Condition[]>) {
  const add: RefObject<ButtonProps.Ref | null> = useRef(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it comes.
  useEffect(() => {
    if (isSwitched) add.current?.focus();
  }, []);
  // Conditions that are not whole would be lost as JSON.
  const [isRefused, setIsRefused] = useState(false);
  const json = jsonIn(when);
  const set = (next: When) => {
    setIsRefused(false);
    enter(next);
  };
  return (
    <FormField
      stretch
      label={routesText.forEvents}
      description={when.length === 0 ? routesText.noCondition : routesText.allConditions}
      errorText={isRefused ? routesText.mendFirst : errors.when}
      constraintText={when.some(({ subject }) => subject === 'data') && routesText.valueHint}
    >
      <SpaceBetween size="s">
        {when.map((condition, at) => (
          <ConditionFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name, and keeps its place.
            key={at}
            condition={condition}
            at={at}
            errors={errors}
            enter={(changed) => set(when.map((each, place) => (place === at ? changed : each)))}
            remove={() => {
              set(when.filter((_, place) => place !== at));
              add.current?.focus();
            }}
          />
        ))}
        <SpaceBetween direction="horizontal" size="xs">
          <Button ref={add} iconName="add-plus" formAction="none" onClick={() => set([...when, newCondition])}>
            {routesText.addCondition}
          </Button>
          <Button
            variant="link"
            formAction="none"
            onClick={() => (json === undefined ? setIsRefused(true) : set(json))}
          >
            {routesText.asJson}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </FormField>
  );
}

function JsonPattern({ when, errors, enter, isSwitched }: FormProps<string>) {
  const conditions = conditionsIn(when);
  return (
    <SpaceBetween size="xs">
      <TextField
        stretch
        label={routesText.pattern}
        description={routesText.patternHint}
        error={errors.when}
        autoFocus={isSwitched}
        value={when}
        rows={Math.min(16, Math.max(4, when.split('\n').length))}
        spellcheck={false}
        setValue={enter}
      />
      <Box>
        <ReasonedButton
          label={routesText.asConditions}
          variant="link"
          reason={conditions ? undefined : routesText.notShowable}
          onClick={() => conditions && enter(conditions)}
        />
      </Box>
    </SpaceBetween>
  );
}

export function WhenFields({ when, errors, enter }: WhenProps) {
  const [isSwitched, setIsSwitched] = useState(false);
  const props = {
    errors,
    isSwitched,
    enter(next: When) {
      setIsSwitched(typeof next !== typeof when);
      enter(next);
    },
  };
  return typeof when === 'string' ? <JsonPattern {...props} when={when} /> : <Conditions {...props} when={when} />;
}
