/** The option that guards a change against the change of another operator. */
import type { Command } from 'commander';
import { positiveNumber } from './listing.ts';

export interface VersionOptions {
  ifVersion?: number;
}

export const withVersionOption = (command: Command): Command =>
  command.option('--if-version <n>', 'change it only if it still has this version', positiveNumber);

/** The version for a request. */
export const versionOf = ({ ifVersion }: VersionOptions): { ifMatch?: number } =>
  ifVersion === undefined ? {} : { ifMatch: ifVersion };
