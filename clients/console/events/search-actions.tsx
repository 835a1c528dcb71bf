/** What can be done with a search, and the pages of what it has found. */
import Button from '@cloudscape-design/components/button';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useState } from 'react';
import { eventsText } from '../events-text.ts';
import { text } from '../text.ts';

interface SearchActionsProps {
  /** The label of the button that goes on with the search. */
  goOnLabel: string;
  canGoOn: boolean;
  goOn: () => void;
  stop: () => void;
  begin: () => void;
  /** Whether the search was begun, also one that could not begin. */
  isBegun: boolean;
  isMistaken: boolean;
  /** What the search is doing. */
  doing: 'beginning' | 'going on' | undefined;
}

export function SearchActions(props: SearchActionsProps) {
  const { goOnLabel, canGoOn, goOn, stop, begin, isBegun, isMistaken, doing } = props;
  const [isAgain, setIsAgain] = useState(false);
  function again() {
    setIsAgain(true);
    begin();
  }
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {canGoOn && (
        <Button loading={doing === 'going on'} onClick={goOn}>
          {goOnLabel}
        </Button>
      )}
      {doing && <Button onClick={stop}>{text.search.stop}</Button>}
      {!isMistaken && (isBegun || isAgain) && doing !== 'going on' && (
        <Button iconName="refresh" loading={doing === 'beginning'} onClick={again}>
          {eventsText.again}
        </Button>
      )}
    </SpaceBetween>
  );
}

const pageSize = 50;

/** The rows of the page that a person chose, and the choice if there are several. */
export function pageOfFound<Row>(
  rows: readonly Row[],
  [chosen, choose]: readonly [number, (page: number) => void],
): { items: readonly Row[]; pagination: ReactNode } {
  const pageCount = Math.max(1, Math.ceil(rows.length / pageSize));
  const page = Math.min(chosen, pageCount - 1);
  return {
    items: rows.slice(page * pageSize, (page + 1) * pageSize),
    pagination: pageCount > 1 && (
      <Pagination
        currentPageIndex={page + 1}
        pagesCount={pageCount}
        onChange={({ detail }) => choose(detail.currentPageIndex - 1)}
      />
    ),
  };
}
