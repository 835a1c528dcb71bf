/** What a dry run found: which rules match, why the others do not, and what would be sent. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { RuleFinding } from '../../../shared/deliveries/route/routes-test.ts';
import { pointerKeys } from '../../../shared/ground/base/json-pointer.ts';
import { inByteOrder } from '../body/visible-text.ts';
import { byteSize } from '../byte-size.ts';
import { formattedJson } from '../events/body-bytes.ts';
import { routesText } from '../routes-text.ts';
import { Code } from './code.tsx';
import type { Trial } from './use-dry-run.ts';

const words = routesText.dryRun;

const types: Record<RuleFinding['verdict'], StatusIndicatorProps.Type> = {
  match: 'success',
  no_match: 'stopped',
  not_reached: 'stopped',
  over_budget: 'warning',
};

/** The body as a person reads it. */
function bodyText({ body = '', bodyBase64, isCut }: NonNullable<RuleFinding['sent']>): string {
  if (bodyBase64 !== undefined) return bodyBase64;
  return (isCut ? undefined : formattedJson(new TextEncoder().encode(body))) ?? body;
}

function Sent({ sent }: { sent: NonNullable<RuleFinding['sent']> }) {
  const { method, bytes, headers, body, bodyBase64, isCut } = sent;
  const isShown = bodyBase64 !== undefined || body !== undefined;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <SpaceBetween size="xs">
      <Box>{words.sent(method, byteSize(bytes))}</Box>
      {isShown && bytes > 0 && (
        <div>
          <Box variant="awsui-key-label">{words.body}</Box>
          {bodyBase64 !== undefined && <Box>{words.binary}</Box>}
          <Code>{bodyText(sent)}</Code>
          {isCut && <Box color="text-body-secondary">{words.isCut}</Box>}
        </div>
      )}
      {bytes === 0 && <Box color="text-body-secondary">{words.emptyBody}</Box>}
      <ExpandableSection headerText={words.headers}>
        <Box color="text-body-secondary">{words.headersHint}</Box>
        <Code>{lines.join('\n')}</Code>
      </ExpandableSection>
    </SpaceBetween>
  );
}

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
    {sent && <Sent sent={sent} />}
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
