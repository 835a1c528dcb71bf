/** What a delivery sent, made again when somebody asks, and what differs in it from its event. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { compareWith, DifferenceTable } from '../body/difference-table.tsx';
import { deliveryText } from '../delivery-text.ts';
import { absoluteTime } from '../relative-time.ts';
import { MessageParts } from '../routes/message-parts.tsx';
import { useSend } from '../session/queries.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { type DeliveryAnswer, whyText } from './delivery-reads.ts';

const words = deliveryText.message;

type Sent = NonNullable<NonNullable<DeliveryAnswer['message']>['sent']>;

/** The button that compares, and what came of it. */
function Difference({ delivery: { connection: name, event: id }, body }: { delivery: DeliveryAnswer; body: string }) {
  const { mutate, isPending, error, data } = useSend(async (api) => {
    const event = await api.call('GET /v1/connections/{name}/events/{id}', { params: { name, id } });
    return { comparison: await compareWith(event, body) };
  });
  return (
    <SpaceBetween size="s">
      <Button loading={isPending} onClick={() => mutate()}>
        {words.compare}
      </Button>
      <ProblemAlert error={error} />
      {data && (
        <LiveRegion>
          {!data.comparison && words.notCompared}
          {data.comparison?.differences.length === 0 && words.equal}
        </LiveRegion>
      )}
      {data?.comparison && data.comparison.differences.length > 0 && (
        <DifferenceTable comparison={data.comparison} before={words.before} after={words.after} />
      )}
    </SpaceBetween>
  );
}

/** Only a whole text can be compared. */
const comparable = ({ body, isCut, bytes }: Sent): string | undefined => (isCut || bytes === 0 ? undefined : body);

function Message({ delivery, message }: { delivery: DeliveryAnswer; message: NonNullable<DeliveryAnswer['message']> }) {
  const { sent, unsent, masked, bodyWithheld, destinationChangedAt } = message;
  const body = sent && comparable(sent);
  return (
    <SpaceBetween size="s">
      {unsent && <Box>{whyText(unsent)}</Box>}
      {destinationChangedAt !== undefined && (
        <Alert type="info">{words.changed(absoluteTime(destinationChangedAt))}</Alert>
      )}
      {masked && <Alert type="info">{words.masked}</Alert>}
      {bodyWithheld !== undefined && <Alert type="info">{bodyWithheld}</Alert>}
      {sent && <MessageParts sent={sent} hidden={sent.hidden} hint={words.headersHint} />}
      {body !== undefined && <Difference delivery={delivery} body={body} />}
    </SpaceBetween>
  );
}

export function WhatWasSent({ delivery }: { delivery: DeliveryAnswer }) {
  const { mutate, isPending, error, data } = useSend((api) =>
    api.call('GET /v1/deliveries/{id}', { params: { id: delivery.id }, query: { include: 'message' } }),
  );
  const state = delivery.attempts > 0 ? words.sent : words.unsent;
  return (
    <Section
      title={state.title}
      description={state.about}
      actions={
        <Button loading={isPending} onClick={() => mutate()}>
          {state.show}
        </Button>
      }
    >
      <ProblemAlert error={error} />
      {data?.message && <Message delivery={delivery} message={data.message} />}
    </Section>
  );
}
