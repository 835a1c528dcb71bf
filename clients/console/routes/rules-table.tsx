/** The rules of a list, in their order, to read. */

import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { routesText } from '../routes-text.ts';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { Code } from './code.tsx';
import type { RoutesRecord } from './routes-fields.ts';

/** A rule with its place, from 1. */
type Row = RoutesRecord['rules'][number] & { place: number; isOtherwise: boolean };

const columns: TableProps.ColumnDefinition<Row>[] = [
  {
    id: 'rule',
    header: routesText.rule,
    isRowHeader: true,
    minWidth: 110,
    cell: ({ place, id }) => routesText.inOrder(place, id),
  },
  {
    id: 'when',
    header: routesText.when,
    minWidth: 200,
    cell: ({ when, isOtherwise }) => {
      if (when) return <Code>{JSON.stringify(when, null, 2)}</Code>;
      return isOtherwise ? routesText.otherwise : routesText.everyEvent;
    },
  },
  {
    id: 'transform',
    header: routesText.transform,
    minWidth: 160,
    cell: ({ transform }) => (transform === undefined ? routesText.asItCame : <Code>{transform}</Code>),
  },
  {
    id: 'to',
    header: routesText.to,
    minWidth: 110,
    cell: ({ to }) => (
      <SpaceBetween size="xxs">
        <PageLink to={`/destinations/${to}`}>{to}</PageLink>
        <PageLink to={`/destinations/${to}/deliveries`} ariaLabel={`${routesText.deliveries}: ${to}`} fontSize="body-s">
          {routesText.deliveries}
        </PageLink>
      </SpaceBetween>
    ),
  },
];

const rowsOf = ({ mode, rules }: Pick<RoutesRecord, 'mode' | 'rules'>): Row[] =>
  rules.map((rule, index) => ({
    ...rule,
    place: index + 1,
    isOtherwise: mode === 'first' && rule.when === undefined && index === rules.length - 1,
  }));

interface RulesTableProps {
  /** Undefined as long as the list is not read. */
  routes: Pick<RoutesRecord, 'mode' | 'rules'> | undefined;
  isLoading: boolean;
  header?: ReactNode;
  empty: ReactNode;
}

export const RulesTable = ({ routes, isLoading, header, empty }: RulesTableProps) => (
  <FittingTable<Row>
    narrow={narrowWindow.long}
    items={routes ? rowsOf(routes) : []}
    columnDefinitions={columns}
    loading={isLoading}
    loadingText={routesText.loading}
    trackBy="id"
    header={header}
    empty={empty}
  />
);
