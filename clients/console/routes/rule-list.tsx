/** The rules in the form for routes, in their order, and a button that adds one. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import LiveRegion from '@cloudscape-design/components/live-region';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type RefObject, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { routesText } from '../routes-text.ts';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { mostRules, type RoutesMode, type RuleFields } from './routes-fields.ts';
import { RuleSection } from './rule-section.tsx';
import type { RoutesForm } from './use-routes-form.ts';

const modes = Object.entries(routesText.modeNames).map(([value, label]) => ({
  value,
  label,
  description: routesText.modeHints[value as RoutesMode],
}));

/** Puts the focus on the button that removes this rule. Without a rule, on the one that adds one, which is the last. */
function focusRemove(list: HTMLElement | null, rule: RuleFields | undefined): void {
  const buttons = [...(list?.querySelectorAll('button') ?? [])];
  const isOfRule = (each: Element) => rule && each.getAttribute('aria-label') === routesText.remove(rule.id);
  (buttons.find(isOfRule) ?? buttons.at(-1))?.focus();
}

export function RuleList({ form, destinations }: { form: RoutesForm; destinations: readonly string[] }) {
  const { mode, rules } = form.fields;
  const [moved, setMoved] = useState('');
  const list: RefObject<HTMLDivElement | null> = useRef(null);
  const told: RoutesForm = {
    ...form,
    move(key, by) {
      form.move(key, by);
      const at = rules.findIndex((rule) => rule.key === key);
      setMoved(routesText.moved(rules[at]?.id ?? '', at + by + 1, rules.length));
    },
    remove(key) {
      const at = rules.findIndex((rule) => rule.key === key);
      flushSync(() => form.remove(key));
      focusRemove(list.current, rules[at + 1] ?? rules[at - 1]);
    },
  };
  const [only, ...more] = destinations;
  return (
    <div ref={list}>
      <SpaceBetween size="l">
        <Container>
          <FormField label={routesText.mode}>
            <RadioGroup
              value={mode}
              items={modes}
              onChange={({ detail }) => form.enter({ mode: detail.value as RoutesMode })}
            />
          </FormField>
        </Container>
        {rules.map((rule, at) => (
          <RuleSection key={rule.key} form={told} rule={rule} at={at} destinations={destinations} />
        ))}
        {rules.length === 0 && <Box color="text-body-secondary">{routesText.empty}</Box>}
        <div>
          <ReasonedButton
            label={routesText.addRule}
            reason={rules.length < mostRules ? undefined : routesText.tooMany(mostRules)}
            onClick={() => form.add(more.length === 0 ? (only ?? '') : '')}
          />
          <LiveRegion hidden>{moved}</LiveRegion>
        </div>
      </SpaceBetween>
    </div>
  );
}
