/** The table of senders in docs/senders.md, made from the presets so that it always agrees with them. */

import { type Placement, placementName } from '../shared/credential/token-placement.ts';
import { isBodyCovered } from '../shared/provider/catalogue.ts';
import { guides } from '../shared/provider/generated/all-guides.ts';
import type { Guide, Handshake, Preset } from '../shared/provider/preset.ts';
import { type ProviderId, presetOf, providerIds } from '../shared/provider/presets.ts';
import type { Answer, Dedupe } from '../shared/settings/settings.ts';
import type { ValueLocation } from '../shared/settings/value-location.ts';
import type { Scheme } from '../shared/signature/scheme.ts';
import { markdownTable, withGenerated } from './generated-markdown.ts';

const markers = ['<!-- senders: written by npm run providers -->', '<!-- /senders -->'] as const;

const algorithmOf = (scheme: Scheme): string => {
  switch (scheme.kind) {
    case 'hmac':
      return `HMAC ${scheme.algorithm.toUpperCase()}`;
    case 'digest':
      return scheme.algorithm.toUpperCase();
    case 'publicKey':
      return { ed25519: 'Ed25519', 'ecdsa-p256': 'ECDSA P-256', 'rsa-sha256': 'RSA' }[scheme.algorithm];
    case 'jwt':
      return `JWT ${scheme.algorithm}`;
    case 'twilio':
      return 'HMAC SHA1';
    case 'adyen':
    case 'contentful':
      return 'HMAC SHA256';
    case 'sns':
    case 'paypal':
      return 'RSA';
  }
};

const tokenIn = (accept: readonly Placement[]): string => {
  const places = accept.map((one) => (one.in === 'basic' ? 'basic' : placementName(one)));
  return `token in ${[...new Set(places)].join(', ')}`;
};

const defaultAccept = 'token in header authorization, query token';

function proofOf({ kind, scheme, accept }: Preset): string {
  const token = accept ? tokenIn(accept) : defaultAccept;
  if (kind === 'token') return token;
  const signature = scheme ? algorithmOf(scheme) : 'RSA certificate';
  return kind === 'both' ? `${signature}; ${token}` : signature;
}

function coverOf(preset: Preset): string {
  const isCovered = isBodyCovered(preset);
  return isCovered === undefined ? '' : isCovered ? 'yes' : 'no';
}

const placeText = (place: ValueLocation): string => (place.in === 'body' ? place.path : place.name);

const code = (text: string): string => `\`${text}\``;

const idText = (dedupe: Dedupe): string[] =>
  dedupe.by === 'header' ? [code(dedupe.name)] : dedupe.by === 'body' ? [code(dedupe.path)] : [];

function readFrom({ type = [], dedupe, otherIds = [], batch }: Preset, { unsignedId }: Guide): string {
  const ids = dedupe ? [dedupe, ...otherIds].flatMap(idText).join(' or ') : '';
  return [
    ...(type[0] ? [`type ${code(placeText(type[0]))}`] : []),
    ...(ids ? [`id ${ids}${unsignedId ? ' (not signed)' : ''}`] : []),
    ...(batch ? [`batch ${batch.items ? code(batch.items) : 'of the whole body'}`] : []),
  ].join(', ');
}

const handshakeText = ({ method, proof }: Handshake): string => {
  if (typeof proof !== 'string') return `${method} with a verify token`;
  return proof === 'window' ? `${method} brings the secret` : method;
};

const answerText = (answer: Answer | undefined): string =>
  answer === undefined ? '' : `${answer.status}${answer.body ? ` ${answer.contentType ?? 'application/json'}` : ''}`;

function row(id: ProviderId): string[] {
  const preset = presetOf(id);
  const guide: Guide = guides[id];
  const { name, docs, confidence } = guide;
  return [
    `[${name}](${docs})`,
    `\`${id}\``,
    proofOf(preset),
    coverOf(preset),
    readFrom(preset, guide),
    (preset.handshakes ?? []).map(handshakeText).join(', '),
    answerText(preset.answer),
    confidence,
  ];
}

const head = ['sender', 'id', 'proof', 'body covered', 'read from', 'handshake', 'answer', 'confidence'];

/** The table, sorted by the senders' names. The row for any other sender comes last. */
export function senderTable(): string {
  const ids = providerIds.filter((id) => id !== 'generic');
  const sorted = ids.toSorted((one, other) => guides[one].name.localeCompare(guides[other].name, 'en'));
  return markdownTable([head, ...[...sorted, 'generic' as const].map(row)]);
}

/**
 * Writes the table between the markers of a text.
 * @throws if the text lacks a marker
 */
export const withSenderTable = (text: string): string => withGenerated(text, markers, senderTable());
