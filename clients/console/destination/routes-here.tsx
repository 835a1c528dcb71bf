/** The rules of connections that lead to a destination. */
import { Loading } from '../shell/loading.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { text } from '../text.ts';
import { useRoutesTo } from './destination-record.ts';

export function RoutesHere({ name }: { name: string }) {
  const { data, error } = useRoutesTo(name);
  return (
    <Section title={text.destination.routes}>
      <ProblemAlert error={data ? undefined : error} />
      {!data && !error && <Loading>{text.destination.loading}</Loading>}
      {data?.routes?.length === 0 && text.destination.noRoutes}
      {data?.routes?.map(({ connection, rules }) => (
        <div key={connection}>
          <PageLink to={`/connections/${connection}/routes`}>{connection}</PageLink> ({text.destination.rules(rules)})
        </div>
      ))}
    </Section>
  );
}
