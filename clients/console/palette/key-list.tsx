/** Lists the keys of the console. */
import Box from '@cloudscape-design/components/box';
import Table from '@cloudscape-design/components/table';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { keyText } from './palette-text.ts';

export const KeyList = ({ dismiss }: { dismiss: () => void }) => (
  <ConfirmDialog title={keyText.title} closeLabel={keyText.close} isBusy={false} dismiss={dismiss}>
    <Table
      items={keyText.keys}
      columnDefinitions={[
        {
          id: 'keys',
          header: keyText.key,
          isRowHeader: true,
          cell: ({ keys }) => <Box variant="code">{keys}</Box>,
        },
        { id: 'does', header: keyText.does, cell: ({ does }) => does },
      ]}
      variant="embedded"
      contentDensity="compact"
      wrapLines
      ariaLabels={{ tableLabel: keyText.title }}
    />
  </ConfirmDialog>
);
