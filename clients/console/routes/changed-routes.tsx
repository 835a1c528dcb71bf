/** Says that somebody else changed the routes while a person edited them: who, what, and how they are now. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import { ruleChangesText } from '../../../shared/operators/api/rule-changes-text.ts';
import { routesText } from '../routes-text.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { useRead } from '../session/queries.tsx';
import { ChangedMeanwhile } from '../shell/changed-meanwhile.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import type { RoutesRecord } from './routes-fields.ts';
import { RulesTable } from './rules-table.tsx';

interface ChangedProps {
  name: string;
  /** The list of the other person. */
  theirs: RoutesRecord;
  /** Goes on with it. */
  take: () => void;
}

/** Who changed the routes last. */
function LastChange({ name, version }: { name: string; version: number }) {
  const { data } = useRead(['history of routes', name, version], (api) =>
    api.call('GET /v1/connections/{name}/history', { params: { name }, query: { limit: '50' } }),
  );
  const last = data?.items.find(({ verb }) => verb === 'setRoutes');
  if (!last) return <Box>{data ? routesText.unknownChange : ''}</Box>;
  return (
    <Box>
      <OperatorName id={last.by} />, <TimeAgo at={last.at} />
      {last.rules && `: ${ruleChangesText(last.rules)}`}
    </Box>
  );
}

export const ChangedRoutes = ({ name, theirs, take }: ChangedProps) => (
  <ChangedMeanwhile
    header={routesText.changedMeanwhile}
    who={<LastChange name={name} version={theirs.version} />}
    kept={routesText.kept}
    action={
      <Button formAction="none" onClick={take}>
        {routesText.takeTheirs}
      </Button>
    }
  >
    <ExpandableSection headerText={routesText.theirs}>
      <RulesTable routes={theirs} isLoading={false} empty={routesText.none} />
    </ExpandableSection>
  </ChangedMeanwhile>
);
