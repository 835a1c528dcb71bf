/** The bar above a body: a search in it, and its folds. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { bodyText } from './body-text.ts';
import { mostFinds } from './search-lines.ts';

interface FindBarProps {
  query: string;
  /** The number of finds, once it is known. */
  count: number | undefined;
  /** The find that is looked at, from 0. */
  current: number;
  onQuery: (query: string) => void;
  onStep: (by: 1 | -1) => void;
  onFoldAll: (isFolded: boolean) => void;
}

export function FindBar({ query, count, current, onQuery, onStep, onFoldAll }: FindBarProps) {
  const step = (label: string, iconName: 'angle-down' | 'angle-up', by: 1 | -1) => (
    // It keeps the focus while there is nothing to go to.
    <Button
      variant="icon"
      iconName={iconName}
      ariaLabel={label}
      disabled={!count}
      disabledReason={count === undefined ? bodyText.noSearch : bodyText.noFinds}
      onClick={() => onStep(by)}
    />
  );
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <Input
        type="search"
        value={query}
        ariaLabel={bodyText.search}
        placeholder={bodyText.search}
        onChange={({ detail }) => onQuery(detail.value)}
        onKeyDown={({ detail }) => {
          if (detail.key === 'Enter') onStep(detail.shiftKey ? -1 : 1);
        }}
      />
      {/* In a narrow window, what belongs together goes into the next line together. */}
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        {step(bodyText.previous, 'angle-up', -1)}
        {step(bodyText.next, 'angle-down', 1)}
        {count !== undefined && (
          <LiveRegion>
            <Box color="text-body-secondary">
              {count === 0 ? bodyText.noFinds : bodyText.finds(current + 1, count, count === mostFinds)}
            </Box>
          </LiveRegion>
        )}
      </SpaceBetween>
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Button variant="inline-link" onClick={() => onFoldAll(true)}>
          {bodyText.foldAll}
        </Button>
        <Button variant="inline-link" onClick={() => onFoldAll(false)}>
          {bodyText.unfoldAll}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
