/** What a dry run found: which rules match, why the others do not, and what would be sent. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { RuleFinding } from '../../../shared/deliveries/route/routes-test.ts';
import { pointerKeys } from '../../../shared/ground/base/json-pointer.ts';
import { inByteOrder } from '../body/visible-text.ts';
import { routesText } from '../routes-text.ts';
import { MessageParts } from './message-parts.tsx';
import type { Trial } from './use-dry-run.ts';

const words = routesText.dryRun;

const types: Record<RuleFinding['verdict'], StatusIndicatorProps.Type> = {
  match: 'success',
  no_match: 'stopped',
  not_reached: 'stopped',
  over_budget: 'warning',
};

/** Why a rule does not match. */
function Mismatch({ mismatch }: { mismatch: string | undefined }) {
  if (mismatch === undefined) return <Box>{words.noElement}</Box>;
  return <Box>{words.differs(inByteOrder(pointerKeys(mismatch).join('.')))}</Box>;
}

function Unsent({ unsent: { reason, message, position } }: { unsent: NonNullable<RuleFinding['unsent']> }) {
  return (
    <Box>
      {words.unsent[reason]} {message !== undefined && inByteOrder(message)}
      {position !== undefined && ` ${words.at(position)}`}
    </Box>
  );
}

const RuleResult = ({ finding: { id, to, verdict, mismatch, emptyPaths, sent, unsent } }: { finding: RuleFinding }) => (
  <SpaceBetween size="xxs">
    <Box variant="h3">{`${id} → ${to}`}</Box>
    <StatusIndicator type={types[verdict]}>{words.verdicts[verdict]}</StatusIndicator>
    {verdict === 'no_match' && <Mismatch mismatch={mismatch} />}
    {emptyPaths && <Box>{words.emptyPaths(emptyPaths.map(inByteOrder).join(', '))}</Box>}
    {unsent && <Unsent unsent={unsent} />}
    {sent && <MessageParts sent={sent} hint={words.headersHint} />}
  </SpaceBetween>
);

export const DryRunResult = ({ result: { rules, masked, split, bodyWithheld } }: { result: Trial }) => (
  <SpaceBetween size="m">
    {masked && <Alert type="info">{words.masked}</Alert>}
    {bodyWithheld !== undefined && <Alert type="info">{bodyWithheld}</Alert>}
    {split && <Alert type="info">{words.split}</Alert>}
    {rules.map((finding) => (
      <RuleResult key={finding.id} finding={finding} />
    ))}
    {rules.length === 0 && <Box>{words.noRules}</Box>}
  </SpaceBetween>
);
