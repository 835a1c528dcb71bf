/** The page of a list that is read whole: its title with the number of rows, a search, pages of rows, and what it says without rows. */
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { ReactNode } from 'react';
import { type Me, useSession } from '../session/session.tsx';
import { text } from '../text.ts';
import { EmptyState } from './empty-state.tsx';
import { FittingTable } from './fitting-table.tsx';
import { hrefOf, useFollow } from './page-link.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { ReasonedButton } from './reasoned-button.tsx';

/** A list with more rows has pages. */
export const rowsOfPage = 50;

interface CreateButtonProps {
  label: string;
  to: string;
  action: Me['allowedActions'][number];
  /** Why somebody who may not do it can't. */
  notAllowed: string;
  /** The button beside the title is the primary one, and the one in an empty list is not. */
  variant: 'primary' | 'normal';
}

export function CreateButton({ label, to, action, notAllowed, variant }: CreateButtonProps) {
  const { me } = useSession();
  const follow = useFollow();
  return (
    <ReasonedButton
      label={label}
      variant={variant}
      href={hrefOf(to)}
      onFollow={follow}
      reason={me.allowedActions.includes(action) ? undefined : notAllowed}
    />
  );
}

interface ListPageProps<Row> {
  /** Undefined before the list was read. */
  rows: readonly Row[] | undefined;
  error: unknown;
  retry: () => void;
  words: {
    title: string;
    loading: string;
    /** What an empty list says, and what to do then. */
    none: string;
    noneNext: string;
  };
  description?: ReactNode;
  columns: readonly TableProps.ColumnDefinition<Row>[];
  trackBy: (row: Row) => string;
  /** The widest window in which the columns don't fit beside each other. */
  narrow: number;
  /** Beside the title, and in an empty list. */
  button: ReactNode;
  emptyButton?: ReactNode;
  /** The search, and the pages. A list that stays short has none. */
  search?: { label: string; noMatch: string; fields: (keyof Row & string)[] };
}

export function ListPage<Row>(props: ListPageProps<Row>) {
  const { rows, error, retry, words, description, columns, trackBy, narrow, button, emptyButton, search } = props;
  const { items, filterProps, collectionProps, paginationProps, filteredItemsCount, actions } = useCollection(
    rows ?? [],
    {
      filtering: {
        empty: (
          <EmptyState title={words.none} next={words.noneNext} error={rows ? undefined : error}>
            {emptyButton}
          </EmptyState>
        ),
        noMatch: (
          <Box textAlign="center" padding="l">
            <SpaceBetween size="s">
              <b>{search?.noMatch}</b>
              <Button onClick={() => actions.setFiltering('')}>{text.shell.clearSearch}</Button>
            </SpaceBetween>
          </Box>
        ),
        fields: search?.fields ?? [],
      },
      ...(search && { pagination: { pageSize: rowsOfPage } }),
      sorting: {},
    },
  );
  return (
    <SpaceBetween size="m">
      {!rows && <ProblemAlert error={error} retry={retry} />}
      <FittingTable<Row>
        narrow={narrow}
        {...collectionProps}
        items={items}
        columnDefinitions={columns}
        loading={!rows && !error}
        loadingText={words.loading}
        trackBy={trackBy}
        header={
          <Header variant="h1" counter={rows && `(${rows.length})`} description={description} actions={button}>
            {words.title}
          </Header>
        }
        filter={
          search &&
          (rows ? rows.length > 0 : !error) && (
            <TextFilter
              {...filterProps}
              filteringPlaceholder={search.label}
              filteringAriaLabel={search.label}
              countText={text.shell.found(filteredItemsCount ?? 0)}
            />
          )
        }
        pagination={search && rows && rows.length > rowsOfPage && <Pagination {...paginationProps} />}
      />
    </SpaceBetween>
  );
}
