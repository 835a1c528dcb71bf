/** The file with the settings of a stage, such as `stages/prod.json`. A setting that is in it can't be forgotten on a command line. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { nearest } from '../../shared/ground/base/nearest.ts';
import { SettingError, UnusableValue } from './setting-error.ts';
import { fileSettingNames, fileSettings } from './setting-names.ts';
import type { Stage } from './stage.ts';

export interface StageFile {
  /** As messages name it. */
  path: string;
  settings: Readonly<Record<string, unknown>>;
}

/** The JSON Schema of the file, for editors. */
export function stageFileSchema(): object {
  const schemas = Object.fromEntries(Object.entries(fileSettings).map(([name, { schema }]) => [name, schema]));
  return z.toJSONSchema(
    z
      .strictObject({ $schema: z.string(), ...schemas })
      .partial()
      .meta({ title: 'Settings of a stage of Hooklatch', description: 'docs/deploy.md explains each setting.' }),
    { io: 'input' },
  );
}

/** Undefined if there is no such file. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new SettingError(`${file} can't be read: ${(error as Error).message}`, { cause: error });
  }
}

function objectIn(path: string, text: string): Record<string, unknown> {
  const value = ((): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new SettingError(`${path} is not valid JSON: ${(error as Error).message}`, { cause: error });
    }
  })();
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new SettingError(`${path} must be a JSON object, like {"region": "eu-central-1"}`);
}

/** @throws SettingError for a key that is not a setting of a file */
function checkKey(path: string, key: string): void {
  if (key === '$schema' || fileSettingNames.some((known) => known === key)) return;
  if (key === 'stage' || key === 'stageFile')
    throw new SettingError(`${path} can't have ${key}, which says which file is read; remove it, and use -c ${key}=…`);
  const meant = nearest(key, fileSettingNames);
  const advice = meant ? `did you mean ${meant}?` : 'docs/deploy.md lists the settings';
  throw new SettingError(`${path}: ${JSON.stringify(key)} is not a setting; ${advice}`);
}

/**
 * Reads the file of a stage. Returns undefined if there is none.
 * @param folder the folder of the app, which has the folder `stages`
 * @param named another file, as `-c stageFile` names it. This one must exist.
 * @throws SettingError for a file that can't be read, and for an unknown key. The values are not checked here.
 */
export function readStageFile(folder: string, stage: Stage, named: unknown): StageFile | undefined {
  if (named !== undefined && (typeof named !== 'string' || named === ''))
    throw new UnusableValue('stageFile', named, 'use the path of a file, like stages/prod-us.json');
  const path = named ?? `stages/${stage}.json`;
  const text = textOf(resolve(folder, path));
  if (text === undefined && named !== undefined) throw new UnusableValue('stageFile', named, 'there is no such file');
  if (text === undefined) return undefined;
  const { $schema: _, ...settings } = objectIn(path, text);
  for (const key of Object.keys(settings)) checkKey(path, key);
  return { path, settings };
}
