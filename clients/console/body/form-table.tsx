/** The fields of a form. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useEffect, useState } from 'react';
import { Loading } from '../shell/loading.tsx';
import { bodyText } from './body-text.ts';
import { type Form, type FormField, formOf, mostFieldLength } from './form-fields.ts';
import { madeVisible } from './visible-text.ts';

const mostFields = 200;

const columns: TableProps.ColumnDefinition<FormField>[] = [
  {
    id: 'name',
    header: bodyText.fieldName,
    isRowHeader: true,
    minWidth: 120,
    cell: ({ name }) => <span className="header-value">{madeVisible(name.slice(0, mostFieldLength))}</span>,
  },
  {
    id: 'value',
    header: bodyText.fieldValue,
    cell: ({ value, file }) => (
      <>
        {file !== undefined && (
          <Box variant="awsui-key-label">
            {bodyText.file}: {madeVisible(file)}
          </Box>
        )}
        <span className="field-value">{madeVisible(value.slice(0, mostFieldLength))}</span>
        {value.length > mostFieldLength && bodyText.cut(value.length - mostFieldLength)}
      </>
    ),
  },
];

interface FormTableProps {
  bytes: Uint8Array;
  text: string | undefined;
  contentType: string;
}

export function FormTable({ bytes, text, contentType }: FormTableProps) {
  const [form, setForm] = useState<Form>();
  useEffect(() => {
    let isOver = false;
    void formOf(bytes, text, contentType).then((read) => {
      if (!isOver) setForm(read);
    });
    return () => {
      isOver = true;
    };
  }, [bytes, text, contentType]);
  if (!form) return <Loading>{bodyText.loading}</Loading>;
  if ('isMalformed' in form) return <Alert type="warning">{bodyText.malformedForm}</Alert>;
  const { fields } = form;
  return (
    <SpaceBetween size="xs">
      {fields.length > mostFields && <Box>{bodyText.moreFields(mostFields, fields.length)}</Box>}
      <Table
        items={fields.slice(0, mostFields)}
        columnDefinitions={columns}
        variant="embedded"
        contentDensity="compact"
        cellVerticalAlign="top"
        wrapLines
        empty={bodyText.noFields}
      />
    </SpaceBetween>
  );
}
