/** The routes that lead to a destination, and the way to another one: the connection whose events it gets is chosen here. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { connectionNames } from '../../../shared/operators/api/connection-names.ts';
import { routesText } from '../routes-text.ts';
import { useRead } from '../session/queries.tsx';
import { hrefOf, PageLink, useFollow } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { text } from '../text.ts';
import { type DestinationAnswer, useRoutesTo } from './destination-record.ts';

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

/** The rules that lead here, by connection. */
function Rules({ routes }: { routes: NonNullable<DestinationAnswer['routes']> }) {
  if (routes.length === 0) return <Box>{text.destination.noRoutes}</Box>;
  return routes.map(({ connection, rules }) => (
    <div key={connection}>
      <PageLink to={`/connections/${connection}/routes`}>{connection}</PageLink> ({text.destination.rules(rules)})
    </div>
  ));
}

/** For who may change routes. */
function AddRoute({ destination }: { destination: string }) {
  const { data, error, refetch } = useRead(['connection names'], connectionNames);
  return (
    <>
      <ProblemAlert error={data ? undefined : error} retry={refetch} />
      {data && <ConnectionChoice destination={destination} names={data} />}
    </>
  );
}

export function DestinationRoutes({ name, mayAdd }: { name: string; mayAdd: boolean }) {
  const { data, error, refetch } = useRoutesTo(name);
  return (
    <Section title={words.title} description={words.hint}>
      <SpaceBetween size="m">
        <ProblemAlert error={data ? undefined : error} retry={refetch} />
        {data?.routes && <Rules routes={data.routes} />}
        {mayAdd && <AddRoute destination={name} />}
      </SpaceBetween>
    </Section>
  );
}
