/** The way from a destination to a route that leads to it: the connection whose events it gets is chosen here. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { connectionNames } from '../../../shared/operators/api/connection-names.ts';
import { routesText } from '../routes-text.ts';
import { useRead } from '../session/queries.tsx';
import { hrefOf, useFollow } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { text } from '../text.ts';

const words = routesText.toDestination;

function ConnectionChoice({ destination, names }: { destination: string; names: readonly string[] }) {
  const [only, ...more] = names;
  const [chosen, choose] = useState(more.length === 0 ? only : undefined);
  const follow = useFollow();
  const options = names.map((value) => ({ value, label: value }));
  if (only === undefined)
    return (
      <SpaceBetween size="s">
        <Box>{words.none}</Box>
        <Button href={hrefOf('/create')} onFollow={follow}>
          {text.connections.create}
        </Button>
      </SpaceBetween>
    );
  const edit = `/connections/${chosen}/routes/edit?to=${destination}`;
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="end">
      <FormField label={words.connection}>
        <Select
          selectedOption={options.find(({ value }) => value === chosen) ?? null}
          options={options}
          placeholder={words.choose}
          filteringType="auto"
          filteringPlaceholder={words.find}
          filteringAriaLabel={words.find}
          noMatch={words.noMatch}
          onChange={({ detail }) => choose(detail.selectedOption.value)}
        />
      </FormField>
      <Button
        onFollow={follow}
        {...(chosen === undefined ? { disabled: true, disabledReason: words.chooseFirst } : { href: hrefOf(edit) })}
      >
        {routesText.addRoute}
      </Button>
    </SpaceBetween>
  );
}

/** For who may change routes. */
export function AddRoute({ destination }: { destination: string }) {
  const { data, error, refetch } = useRead(['connection names'], connectionNames);
  return (
    <Section title={words.title} description={words.hint}>
      <ProblemAlert error={data ? undefined : error} retry={refetch} />
      {data && <ConnectionChoice destination={destination} names={data} />}
    </Section>
  );
}
