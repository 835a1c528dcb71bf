/** The state of the form "Configure endpoint", and how it is sent. */
import { useState } from 'react';
import { type Change, type Connection, useChange } from './connection-record.ts';
import type { Provider } from './provider.ts';
import { secretBody } from './sender-secret.ts';
import {
  changedSettings,
  defaultFieldsOf,
  enteredFields,
  errorsOf,
  fieldsOf,
  refusedFields,
  type SettingsFields,
} from './settings-form.ts';

export interface FormProps {
  record: Connection;
  provider: Provider;
}

/** The state of the form: its fields, what they were at the beginning, and the record that the beginning shows. */
export function useSettingsForm({ record, provider }: FormProps, change: Change) {
  const fieldsIn = ({ endpoint }: Connection) => (endpoint ? fieldsOf(endpoint) : defaultFieldsOf(provider));
  const [start, setStart] = useState(() => fieldsIn(record));
  const [fields, setFields] = useState<SettingsFields>(start);
  const [version, setVersion] = useState(record.version);
  const [isRefused, setIsRefused] = useState(false);
  const refused = refusedFields(change.error, fields);
  const hasRefusedField = Object.keys(refused).length > 0;
  const errors = { ...refused, ...errorsOf(start, fields) };
  const [attempts, setAttempts] = useState(0);

  // Somebody else was faster. The form takes over what they changed, and keeps what this person entered.
  if (isRefused && record.version !== version) {
    const theirs = fieldsIn(record);
    setFields({ ...theirs, ...enteredFields(start, fields) });
    setStart(theirs);
    setVersion(record.version);
    setIsRefused(false);
  }

  /** Sends the settings if something changed, or if there is no endpoint yet. Returns the record, or undefined if refused. */
  async function save(label: string): Promise<Connection | undefined> {
    setAttempts(attempts + 1);
    if (Object.keys(errorsOf(start, fields)).length > 0) return undefined;
    const body = changedSettings(start, fields);
    if (record.endpoint && Object.keys(body).length === 0) return record;
    const saved = await change.run(label, (api) =>
      api.call('PUT /v1/connections/{name}/endpoint', { params: { name: record.name }, body, ifMatch: version }),
    );
    if (saved) adopt(saved);
    else setIsRefused(true);
    return saved;
  }

  /** Begins again from this record, which has the fields' settings. */
  function adopt(saved: Connection) {
    const next = fieldsIn(saved);
    setStart(next);
    setFields(next);
    setVersion(saved.version);
  }

  /** Takes what a person entered. What the API found wrong before may be right now. */
  function enter(entered: SettingsFields) {
    setFields(entered);
    if (hasRefusedField) change.clear();
  }

  const isChanged = Object.keys(enteredFields(start, fields)).length > 0;
  return { fields, enter, errors, hasRefusedField, attempts, isChanged, save, adopt };
}

type SettingsForm = ReturnType<typeof useSettingsForm>;

/** The entry of the token in the form. It sends the settings first. */
export function useTokenEntry({ record, provider }: FormProps, form: SettingsForm) {
  const change = useChange(record.name);
  const [secret, setSecret] = useState('');
  const [isMade, setIsMade] = useState(false);

  /**
   * @param pasted adopts this secret; without it, a token is generated.
   * @returns undefined if something was refused
   */
  async function send(label: string, pasted?: string): Promise<Connection | undefined> {
    const saved = await form.save(label);
    if (!saved) return undefined;
    const kind = saved.endpoint?.auth.kind ?? provider.kind;
    const secretFrom = saved.endpoint?.secretFrom ?? provider.secretFrom;
    const answer = await change.run(label, (api) =>
      api.call('POST /v1/connections/{name}/endpoint/token', {
        params: { name: record.name },
        body: pasted === undefined ? {} : secretBody(kind, secretFrom, pasted),
      }),
    );
    if (!answer) return undefined;
    setSecret('');
    setIsMade(pasted === undefined);
    form.adopt(answer.connection);
    return answer.connection;
  }

  /** Saves the form, with what was pasted and is not saved yet, so that no button loses it. */
  const saveAll = (label: string) => (secret.trim() === '' ? form.save(label) : send(label, secret));
  return { change, secret, setSecret, send, saveAll, isMade };
}
