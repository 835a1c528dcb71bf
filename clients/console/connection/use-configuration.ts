/** The state of the form "Configure endpoint", and what its buttons do. */
import { useState } from 'react';
import { isOld } from '../session/record-change.ts';
import { useSession } from '../session/session.tsx';
import { useForm, useVersion } from '../shell/use-form.ts';
import { text } from '../text.ts';
import { type ChangeOfConnection, type ConnectionAnswer, useChange } from './connection-record.ts';
import type { ProviderAnswer } from './provider.ts';
import { secretBody } from './sender-secret.ts';
import { defaultFieldsOf, settingsBody, settingsFieldsOf, settingsRules } from './settings-form.ts';
import { whyDisabled } from './why-disabled.ts';

export interface FormProps {
  record: ConnectionAnswer;
  provider: ProviderAnswer;
}

/** The settings of the form, and how they are saved. */
function useSettingsForm({ record, provider }: FormProps, change: ChangeOfConnection) {
  const { error, clear } = change;
  const fieldsIn = ({ endpoint }: ConnectionAnswer) =>
    endpoint ? settingsFieldsOf(endpoint) : defaultFieldsOf(provider);
  const form = useForm(settingsRules, { first: fieldsIn(record), error, clear, showsMistakesAtOnce: true });
  const { before, theirs, begin, refuse } = useVersion(record, (theirs) => form.rebase(fieldsIn(theirs)));

  /** Sends the settings if something changed, or if there is no endpoint yet. Returns the record, or undefined if refused. */
  async function save(label: string): Promise<ConnectionAnswer | undefined> {
    if (!form.check()) return undefined;
    const body = settingsBody(form.start, form.fields);
    if (record.endpoint && Object.keys(body).length === 0) return record;
    const params = { name: record.name };
    const saved = await change.run(label, (api) =>
      api.call('PUT /v1/connections/{name}/endpoint', { params, body, ifMatch: before.version }),
    );
    if (saved) adopt(saved);
    else refuse();
    return saved;
  }

  /** Begins again from this record, which has the fields' settings. */
  function adopt(saved: ConnectionAnswer) {
    form.begin(fieldsIn(saved));
    begin(saved);
  }

  return { ...form, save, adopt, theirs: isOld(error) ? theirs : undefined };
}

/** The entry of the token in the form. It sends the settings first. */
function useTokenEntry({ record, provider }: FormProps, form: ReturnType<typeof useSettingsForm>) {
  const change = useChange(record.name);
  const [secret, setSecret] = useState('');
  const [isMade, setIsMade] = useState(false);

  /**
   * @param pasted adopts this secret; without it, a token is generated.
   * @returns undefined if something was refused
   */
  async function send(label: string, pasted?: string): Promise<ConnectionAnswer | undefined> {
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

/** The removal of the token, which is offered if there was one at the beginning. */
function useTokenRemoval({ endpoint }: ConnectionAnswer) {
  const hasToken = (endpoint?.tokens.length ?? 0) > 0;
  const [isOffered] = useState(hasToken);
  const [isChosen, choose] = useState(false);
  // Somebody else removed the token. The next one is not to be removed.
  if (isChosen && endpoint && !hasToken) choose(false);
  return { isOffered, isChosen, choose };
}

/** Why the endpoint can't be activated now. Before the first configuration the record has no verb for that. */
function useWhyNotActivate({ record, provider }: FormProps, secret: string): string | undefined {
  const { role } = useSession().me;
  // What was pasted is saved first.
  if (secret.trim() !== '') return undefined;
  if (record.endpoint) return whyDisabled(record, role, 'activate');
  return provider.secretFrom === 'operator' ? text.token.none : undefined;
}

/** The form as a whole. */
export function useConfiguration({ record, provider }: FormProps) {
  const { name, status } = record;
  const params = { name };
  const change = useChange(name);
  const form = useSettingsForm({ record, provider }, change);
  const entry = useTokenEntry({ record, provider }, form);
  const removal = useTokenRemoval(record);
  const whyNotActivate = useWhyNotActivate({ record, provider }, entry.secret);

  return {
    change,
    form,
    entry,
    removal,
    // A button of the entry sends the settings first, and a button of the form what was pasted.
    busy: change.busy ?? entry.change.busy,
    isUnsaved: form.isChanged || entry.secret.trim() !== '' || removal.isChosen,
    /** Whether the form offers to activate. Without its token the endpoint can't be active. */
    isActivating: status !== 'active' && !removal.isChosen,
    whyNotActivate,
    /** @returns whether the endpoint is active */
    async activate(): Promise<boolean> {
      if (!(await entry.saveAll(text.endpoint.activate))) return false;
      const done = await change.run(text.endpoint.activate, (api) =>
        api.call('POST /v1/connections/{name}/endpoint/activate', { params }),
      );
      return done !== undefined;
    },
    /** The settings go first, so that a refused setting costs no token. @returns whether all of it is saved */
    async update(): Promise<boolean> {
      const saved = await entry.saveAll(text.configure.update);
      if (!saved || !removal.isChosen) return saved !== undefined;
      const done = await change.run(text.configure.update, (api) =>
        api.call('DELETE /v1/connections/{name}/endpoint/token', { params, ifMatch: saved.version }),
      );
      return done !== undefined;
    },
  };
}

export type Configuration = ReturnType<typeof useConfiguration>;
