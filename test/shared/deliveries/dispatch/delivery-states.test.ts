import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  deliveryStates,
  healthStates,
  isLive,
  listedStates,
  liveStates,
  nextStates,
  redeliverableStates,
  undelivered,
} from '../../../../shared/deliveries/dispatch/delivery-states.ts';

test('what is live, listed, and redelivered', () => {
  expect(liveStates).toEqual(['waiting', 'parked']);
  expect(listedStates).toEqual(['waiting', 'parked', 'failed', 'given_up', 'cancelled', 'expired']);
  expect(undelivered).toEqual(['failed', 'given_up', 'cancelled']);
  expect(redeliverableStates).toEqual(['failed', 'given_up', 'cancelled', 'delivered']);
});

const readme = readFileSync(resolve(import.meta.dirname, '../../../../shared/deliveries/README.md'), 'utf8');
/** The arrows of the README's drawings, each with its label. */
const [ofDeliveries = [], ofHealth = []] = [...readme.matchAll(/```mermaid\n([\s\S]*?)```/g)].map(([, drawing = '']) =>
  [...drawing.matchAll(/^ {2}(\w+) --> (\w+)(.*)$/gm)].map(([, from = '', to = '', label = '']) => ({
    from,
    to,
    label,
  })),
);
const drawn = (arrows: typeof ofDeliveries, expand: (name: string) => readonly string[] = (name) => [name]) =>
  arrows
    .flatMap(({ from, to }) => expand(from).flatMap((one) => expand(to).map((other) => `${one} ${other}`)))
    .filter((arrow, at, all) => all.indexOf(arrow) === at)
    .sort();

test('the drawing of deliveries is the table', () => {
  const ends = deliveryStates.filter((status) => !isLive({ status }));
  const arrows = ofDeliveries.filter(({ label }) => !label.includes('redelivered'));
  const table = deliveryStates.flatMap((state) => nextStates(state).map((next) => `${state} ${next}`));
  expect(arrows).toHaveLength(ofDeliveries.length - 1);
  expect([...drawn(arrows, (name) => (name === 'ended' ? ends : [name]))]).toEqual(table.sort());
});

test('the drawing of health is the table', () => {
  const table = Object.entries(healthStates).flatMap(([state, { next }]) => next.map((each) => `${state} ${each}`));
  const isChange = (arrow: string) => new Set(arrow.split(' ')).size > 1;
  expect(drawn(ofHealth)).toEqual(table.filter(isChange).sort());
});
