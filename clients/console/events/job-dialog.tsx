/** The dialog of a job: first its fields, then the plan, and then the job with its progress. */
import LiveRegion from '@cloudscape-design/components/live-region';
import { type ReactNode, useState } from 'react';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { useSend } from '../session/queries.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { TextField } from '../shell/text-field.tsx';
import { TimeField } from '../shell/time-field.tsx';
import { NameField } from './name-field.tsx';

type Errors<Fields> = { readonly [Name in keyof Fields]?: string | undefined };

/** The form of a job. */
export interface JobForm<Fields> {
  fields: Fields;
  errors: Errors<Fields>;
  set: (change: Partial<Fields>) => void;
  /** A field of one line. */
  textField: (name: keyof Fields, label: string, description?: string) => ReactNode;
  /** A field for a time, in the time zone of the browser. */
  timeField: (name: keyof Fields, label: string, description?: string) => ReactNode;
  /** A field for a name, which offers those that are known. @param known undefined until they are read */
  nameField: (
    name: keyof Fields,
    label: string,
    description: string,
    known: readonly string[] | undefined,
  ) => ReactNode;
}

interface JobDialogProps<Fields, Plan> {
  words: Record<'title' | 'count' | 'start' | 'close', string>;
  first: () => Fields;
  errorsOf: (fields: Fields) => Errors<Fields>;
  /** Starts the job or, in a dry run, asks what it would do. */
  ask: (api: ApiClient, fields: Fields, dryRun: boolean) => Promise<{ id: string } | Plan>;
  /** Whether a plan can't begin. */
  cannotBegin: (plan: Plan) => boolean;
  showForm: (form: JobForm<Fields>) => ReactNode;
  showPlan: (plan: Plan) => ReactNode;
  belowPlan?: ReactNode;
  showJob: (id: string) => ReactNode;
  close: () => void;
}

export function JobDialog<Fields, Plan extends object>(props: JobDialogProps<Fields, Plan>) {
  const { words, showPlan, belowPlan, close } = props;
  const [fields, setFields] = useState(props.first);
  const [plan, setPlan] = useState<Plan>();
  const [jobId, setJobId] = useState<string>();
  const errors = props.errorsOf(fields);

  const { mutate, isPending, error } = useSend(
    (api, dryRun: boolean) => props.ask(api, fields, dryRun),
    (answer) => ('id' in answer ? setJobId(answer.id) : setPlan(answer)),
  );

  function set(change: Partial<Fields>) {
    setFields({ ...fields, ...change });
    setPlan(undefined);
  }
  const entryOf = (name: keyof Fields, label: string, description?: string) => ({
    ...{ label, description, error: errors[name], value: String(fields[name]), spellcheck: false },
    setValue: (value: string) => set({ [name]: value } as Partial<Fields>),
  });
  const form: JobForm<Fields> = {
    ...{ fields, errors, set },
    textField: (...of) => <TextField {...entryOf(...of)} />,
    timeField: (...of) => <TimeField {...entryOf(...of)} />,
    nameField: (name, label, description, known) => <NameField {...entryOf(name, label, description)} known={known} />,
  };

  return (
    <ConfirmDialog
      title={words.title}
      action={jobId ? undefined : plan ? words.start : words.count}
      closeLabel={words.close}
      isBlocked={Object.values(errors).some(Boolean) || (plan !== undefined && props.cannotBegin(plan))}
      confirm={() => mutate(!plan)}
      dismiss={close}
      isBusy={isPending}
      error={error}
    >
      {jobId ? props.showJob(jobId) : props.showForm(form)}
      <LiveRegion>{!jobId && plan && showPlan(plan)}</LiveRegion>
      {!jobId && plan && belowPlan}
    </ConfirmDialog>
  );
}
