/** A connection for people. */

import type { ConnectionView } from '../../../shared/endpoints/endpoint/connection-view.ts';
import type { Status } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import { settingTexts } from '../../../shared/operators/api/settings-text.ts';
import { textsAbout } from '../answer-words.ts';
import { type Cell, fields, painted } from './table.ts';
import { tokenWord } from './token-text.ts';

const styles = {
  unconfigured: 'dim',
  configured: 'yellow',
  active: 'green',
  inactive: 'red',
} as const satisfies Record<Status, string>;

/** A status, with its colour and whether the endpoint is held. */
export const statusCell = ({ status, endpoint }: ConnectionView): Cell =>
  painted(styles[status], endpoint?.held ? `${status}, held` : status);

type Token = NonNullable<ConnectionView['endpoint']>['tokens'][number];

/** When a token was made, used and ends. Never its value, which the API does not give here. */
const tokenText = ({ createdAt, lastUsedAt, expiresAt }: Token): string =>
  [
    `made ${createdAt}`,
    ...(lastUsedAt === undefined ? [] : [`last used ${lastUsedAt}`]),
    ...(expiresAt === undefined ? [] : [`accepted until ${expiresAt}`]),
  ].join(', ');

function heldText({ heldSince, heldCount, heldCountComplete }: NonNullable<ConnectionView['endpoint']>) {
  if (heldSince === undefined) return undefined;
  const count = heldCount === undefined ? '' : `, ${heldCountComplete ? '' : 'at least '}${heldCount} events`;
  return `since ${heldSince}${count}`;
}

/** Labels that are shorter than the settings' own names. */
const settingLabels: Readonly<Record<string, string>> = { allowFrom: 'addresses', retentionDays: 'retention' };

const settingRows = (endpoint: NonNullable<ConnectionView['endpoint']>) =>
  Object.entries(settingTexts(endpoint)).map(([name, shown]) => [settingLabels[name] ?? name, shown] as const);

/** The lines about a connection and its endpoint. */
export function connectionLines(view: ConnectionView, isColoured: boolean): string[] {
  const { endpoint, description } = view;
  return fields(
    [
      ['name', painted('bold', view.name)],
      ['status', statusCell(view)],
      ['provider', view.provider],
      ['description', description || undefined],
      ['URL', endpoint?.url ?? undefined],
      ['auth', endpoint?.auth.kind],
      ...(endpoint ? settingRows(endpoint) : []),
      ...(endpoint?.tokens ?? []).map((token) => [tokenWord(view), tokenText(token)] as const),
      ['held', endpoint ? heldText(endpoint) : undefined],
      ['verify token', endpoint?.handshake?.verifyToken],
      ['handshake', endpoint?.handshake?.openUntil && `open until ${endpoint.handshake.openUntil}`],
      ['delivered', endpoint?.handshake?.delivered && `a secret waits for hooklatch handshake confirm ${view.name}`],
      ['id', view.id],
      ['version', String(view.version)],
      ['changed', `${view.updatedAt} by ${view.updatedBy}`],
      ['note', textsAbout(view.name).notes(view) || undefined],
    ],
    isColoured,
  );
}
