/** The list of senders in docs/senders.md, made from the presets so that it always agrees with them. */

import { type Placement, placementName } from '../../shared/endpoints/credential/token-placement.ts';
import { isBodyCovered } from '../../shared/endpoints/provider/catalogue.ts';
import type { Guide, Handshake, Preset } from '../../shared/endpoints/provider/preset.ts';
import { type ProviderId, presetOf, providerIds } from '../../shared/endpoints/provider/presets.ts';
import { guides } from '../../shared/endpoints/provider/secret-guide.ts';
import type { Answer, Dedupe } from '../../shared/endpoints/settings/settings.ts';
import type { ValueLocation } from '../../shared/endpoints/settings/value-location.ts';
import type { Scheme } from '../../shared/endpoints/signature/scheme.ts';
import { withGenerated } from './generated-markdown.ts';

const markers = ['<!-- senders: written by npm run providers -->', '<!-- /senders -->'] as const;

const algorithmOf = (scheme: Scheme): string => {
  switch (scheme.kind) {
    case 'hmac':
      return `HMAC-${scheme.algorithm.toUpperCase()}`;
    case 'digest':
      return scheme.algorithm.toUpperCase();
    case 'publicKey':
      return { ed25519: 'Ed25519', 'ecdsa-p256': 'ECDSA P-256', 'rsa-sha256': 'RSA' }[scheme.algorithm];
    case 'jwt':
      return `JWT ${scheme.algorithm}`;
    case 'twilio':
      return 'HMAC-SHA1';
    case 'adyen':
    case 'contentful':
      return 'HMAC-SHA256';
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

function proofOf(preset: Preset): string {
  const { kind, scheme, accept } = preset;
  const token = accept ? tokenIn(accept) : defaultAccept;
  if (kind === 'token') return token;
  const algorithm = scheme ? algorithmOf(scheme) : 'RSA certificate';
  const signature = isBodyCovered(preset) ? algorithm : `${algorithm} without the body`;
  return kind === 'both' ? `${token}, and ${signature}` : signature;
}

const placeText = (place: ValueLocation): string => (place.in === 'body' ? place.path : place.name);

const code = (text: string): string => `\`${text}\``;

const idText = (dedupe: Dedupe): string[] =>
  dedupe.by === 'header' ? [code(dedupe.name)] : dedupe.by === 'body' ? [code(dedupe.path)] : [];

function placesOf({ type = [], dedupe, otherIds = [], batch }: Preset, { unsignedId }: Guide): string {
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

const answerText = ({ status, body, contentType = 'application/json' }: Answer): string =>
  `answer ${status}${body ? ` ${contentType}` : ''}`;

function item(id: ProviderId): string {
  const preset = presetOf(id);
  const guide: Guide = guides[id];
  const handshakes = (preset.handshakes ?? []).map(handshakeText).join(', ');
  const facts = [
    proofOf(preset),
    placesOf(preset, guide),
    handshakes && `handshake ${handshakes}`,
    preset.answer ? answerText(preset.answer) : '',
    guide.confidence === 'known' ? 'known' : '',
  ];
  return `- [${guide.name}](${guide.docs}), ${code(id)}: ${facts.filter(Boolean).join('; ')}`;
}

/** The senders, sorted by their names. The one for any other sender comes last. */
function senderList(): string {
  const ids = providerIds.filter((id) => id !== 'generic');
  const sorted = ids.toSorted((one, other) => guides[one].name.localeCompare(guides[other].name, 'en'));
  return [...sorted, 'generic' as const].map(item).join('\n');
}

/**
 * Writes the list between the markers of a text.
 * @throws if the text lacks a marker
 */
export const withSenders = (text: string): string => withGenerated(text, markers, senderList());
