/** Which provider Enter chooses. */
import { expect, it } from '@jest/globals';
import { foundProvider } from '../../../clients/console/connections/found-provider.ts';

const options = [
  { value: 'generic', label: 'Any other sender' },
  { value: 'gitea', label: 'Gitea' },
  { value: 'github', label: 'GitHub' },
  { value: 'github-enterprise', label: 'GitHub Enterprise' },
  { value: 'meta', label: 'Meta (WhatsApp, Instagram)' },
];

it.each([
  ['github', 'github'],
  [' GitHub ', 'github'],
  ['hub', 'github'],
  ['git', 'gitea'],
  ['enterprise', 'github-enterprise'],
  ['whatsapp', 'meta'],
  ['any other', 'generic'],
  ['nobody', undefined],
  ['', undefined],
  [' ', undefined],
])('%j finds %s', (typed, expected) => {
  expect(foundProvider(options, typed)?.value).toBe(expected);
});
