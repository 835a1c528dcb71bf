/**
 * Presses every control of the console, and compares what it does. One file, because each file of tests pays for the console's libraries.
 *
 * @jest-environment ./test/clients/console/controls/environment.js
 */
import { afterAll, expect } from '@jest/globals';
import { pressedControls } from './controls/control-registry.ts';
import './controls/body-controls.ts';
import './controls/configure-controls.ts';
import './controls/connection-list-controls.ts';
import './controls/content-controls.ts';
import './controls/delivery-controls.ts';
import './controls/destination-controls.ts';
import './controls/dialog-controls.ts';
import './controls/dry-run-controls.ts';
import './controls/endpoint-controls.ts';
import './controls/event-controls.ts';
import './controls/event-page-controls.ts';
import './controls/event-rows-controls.ts';
import './controls/event-timeline-controls.ts';
import './controls/jobs-controls.ts';
import './controls/journal-controls.ts';
import './controls/next-page-controls.ts';
import './controls/overview-controls.ts';
import './controls/passing-time-controls.ts';
import './controls/palette-controls.ts';
import './controls/planted-controls.ts';
import './controls/redelivery-outcomes-controls.ts';
import './controls/routes-controls.ts';
import './controls/search-controls.ts';
import './controls/search-of-all-controls.ts';
import './controls/setup-controls.ts';
import './controls/shell-controls.ts';
import './controls/time-zone-controls.ts';
import './controls/token-controls.ts';
import './controls/traffic-controls.ts';

afterAll(() => {
  const list = pressedControls();
  if (process.env['CONTROLS']) process.stdout.write(`${list.map((each) => each.join(': ')).join('\n')}\n`);
  expect(list.length).toBeGreaterThan(150);
  const unpressed = list.filter(([, test]) => test === undefined).map(([control]) => control);
  // With names of tests (`-t`), most controls are not pressed. docs/contributing/console.md says how a control gets its test.
  expect(isWholeRun ? unpressed : []).toEqual([]);
});
