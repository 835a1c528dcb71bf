/** The operators: who has a token, since when, and who used it when. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { ApiAnswer, ApiClient } from '../../../shared/operators/api/api-client.ts';
import { wholeList } from '../../../shared/operators/api/whole-list.ts';
import { absoluteTime } from '../relative-time.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { useRead, useSend } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { narrowWindow } from '../shell/fitting-table.tsx';
import { ListPage } from '../shell/list-page.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { useTitle } from '../shell/use-title.ts';
import { roleText, text } from '../text.ts';
import { AddOperatorDialog } from './add-operator-dialog.tsx';

type Page = ApiAnswer<'GET /v1/operators'>;
type Operator = Page['items'][number];

/** Every operator, and what the last page says of the bootstrap token. */
async function allOperators(api: ApiClient): Promise<Pick<Page, 'items'> & Partial<Pick<Page, 'bootstrap'>>> {
  let last: Page | undefined;
  const items = await wholeList(async (query) => {
    last = await api.call('GET /v1/operators', { query });
    return last;
  });
  return { items, ...(last && { bootstrap: last.bootstrap }) };
}

const columnsOf = (own: string, revoke: (operator: Operator) => void): TableProps.ColumnDefinition<Operator>[] => [
  {
    id: 'name',
    header: text.operators.name,
    isRowHeader: true,
    cell: ({ id, name }) => (id === own ? `${name} ${text.operators.you}` : name),
  },
  { id: 'role', header: text.operators.role, minWidth: 165, cell: ({ role }) => roleText[role] },
  {
    id: 'expires',
    header: text.operators.expires,
    minWidth: 235,
    cell: ({ expiresAt, expired }) =>
      expired ? text.operators.expired : expiresAt ? absoluteTime(expiresAt) : text.operators.never,
  },
  {
    id: 'created',
    header: text.operators.created,
    minWidth: 170,
    cell: ({ createdAt, createdBy }) => (
      <>
        <TimeAgo at={createdAt} /> {text.operators.by} <OperatorName id={createdBy} />
      </>
    ),
  },
  {
    id: 'lastUsed',
    header: text.operators.lastUsed,
    minWidth: 130,
    cell: ({ lastUsedAt }) => (lastUsedAt ? <TimeAgo at={lastUsedAt} /> : text.operators.never),
  },
  {
    id: 'actions',
    header: text.operators.actions,
    cell: (operator) => (
      <Button
        variant="inline-link"
        ariaLabel={`${text.operators.revoke} ${operator.name}`}
        onClick={() => revoke(operator)}
      >
        {text.operators.revoke}
      </Button>
    ),
  },
];

function RevokeDialog({ operator, close }: { operator: Operator; close: (isDone: boolean) => void }) {
  const { me, signOut } = useSession();
  const isOwn = operator.id === me.id;
  const { mutate, isPending, error } = useSend(
    (api) => api.call('DELETE /v1/operators/{id}', { params: { id: operator.id } }),
    () => (isOwn ? signOut() : close(true)),
  );
  return (
    <ConfirmDialog
      title={text.operators.revokeTitle(operator.name)}
      action={text.operators.revoke}
      isBusy={isPending}
      error={error}
      confirm={() => mutate()}
      dismiss={() => close(false)}
    >
      {isOwn && <Alert type="warning">{text.operators.revokeOwn}</Alert>}
      {text.operators.revokeBody}
    </ConfirmDialog>
  );
}

function OperatorTable() {
  const { me } = useSession();
  const { data, error, refetch } = useRead(['operators'], allOperators);
  const [revoked, setRevoked] = useState<Operator>();
  const [isAdding, setIsAdding] = useState(false);
  return (
    <SpaceBetween size="m">
      {data?.bootstrap === 'open' && <Alert type="warning">{text.operators.bootstrapOpen}</Alert>}
      <ListPage<Operator>
        rows={data?.items}
        error={error}
        retry={refetch}
        words={text.operators}
        columns={columnsOf(me.id, setRevoked)}
        trackBy={({ id }) => id}
        narrow={narrowWindow.long}
        button={
          <ReasonedButton
            label={text.operators.add}
            variant="primary"
            onClick={() => setIsAdding(true)}
            reason={me.allowedActions.includes('createOperator') ? undefined : text.operators.addNotAllowed}
          />
        }
      />
      {isAdding && (
        <AddOperatorDialog
          isFirst={data?.items.length === 0}
          close={() => {
            setIsAdding(false);
            void refetch();
          }}
        />
      )}
      {revoked && (
        <RevokeDialog
          operator={revoked}
          close={(isDone) => {
            setRevoked(undefined);
            if (isDone) void refetch();
          }}
        />
      )}
    </SpaceBetween>
  );
}

export function OperatorsPage() {
  useTitle(text.operators.title);
  const { me } = useSession();
  if (me.allowedActions.includes('listOperators')) return <OperatorTable />;
  return (
    <SpaceBetween size="m">
      <Header variant="h1">{text.operators.title}</Header>
      <Alert type="info">{text.operators.notAllowed}</Alert>
    </SpaceBetween>
  );
}
