/** A part of a body as it came, page by page. */
import Box from '@cloudscape-design/components/box';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { text } from '../text.ts';
import { bodyText } from './body-text.ts';
import { pagesOf } from './byte-pages.ts';

interface PagedCodeProps {
  /** Whether a line is as long as it is, such as one of bytes. */
  isUnwrapped?: boolean;
  length: number;
  ofPage: number;
  /** The content of a page, from 1. */
  show: (page: number) => string;
  /** What is said of a part. */
  say: (from: number, to: number, of: number) => string;
}

export function PagedCode({ isUnwrapped = false, length, ofPage, show, say }: PagedCodeProps) {
  const [page, setPage] = useState(1);
  const count = pagesOf(length, ofPage);
  return (
    <SpaceBetween size="xs">
      {count > 1 && (
        <SpaceBetween direction="horizontal" size="s" alignItems="center">
          <Pagination
            currentPageIndex={page}
            pagesCount={count}
            onChange={({ detail }) => setPage(detail.currentPageIndex)}
            ariaLabels={{
              nextPageLabel: bodyText.nextPage,
              previousPageLabel: bodyText.previousPage,
              pageLabel: bodyText.page,
            }}
          />
          <Box>{say((page - 1) * ofPage + 1, Math.min(length, page * ofPage), length)}</Box>
        </SpaceBetween>
      )}
      {/* A scrolled region must be reachable by keyboard, and a region has a name. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without it, the keyboard can't scroll the body. */}
      <section className={`event-body${isUnwrapped ? ' unwrapped' : ''}`} tabIndex={0} aria-label={text.event.body}>
        {show(page)}
      </section>
    </SpaceBetween>
  );
}
