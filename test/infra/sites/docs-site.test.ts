import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { docsSite } from '../../../infra/sites/docs-site.ts';
import { filled } from '../../support/filled.ts';

const site = docsSite();
const page = site.get('index.html')?.toString() ?? '';

test('the page names its files by names with a digest of their content, and names no other file', () => {
  const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name = '']) => name);
  const assets = named.filter((name) => name.startsWith('assets/'));
  expect(named.filter((name) => !assets.includes(name)).sort()).toEqual(['../openapi.json', 'data:,']);
  expect(assets).toHaveLength(3);
  for (const name of filled(assets)) {
    const digest = createHash('sha256')
      .update(site.get(name) ?? '')
      .digest('hex');
    expect(name).toContain(`-${digest.slice(0, 12)}.`);
  }
  expect([...site.keys()].sort()).toEqual([...assets, 'LICENSE.txt', 'index.html'].sort());
});

test('the page has no script and no style of its own, which its content security policy would refuse', () => {
  expect(page).toContain('<main id="api">');
  expect(page).not.toMatch(/<script(?! src)|<style|style=|onload=|https?:/);
});

test('the script asks for the document of this deployment, and sends it to no validator', () => {
  const start = [...site].find(([name]) => name.startsWith('assets/start-'))?.[1].toString();
  expect(start).toContain("url: '../openapi.json'");
  expect(start).toContain('validatorUrl: null');
  expect(start).toContain('persistAuthorization: false');
});
