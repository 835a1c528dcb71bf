/** Which deployment a command talks to, and with which token. */
import { closeSync, fstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimFolder, NotPrivate } from '../../shared/ground/file/private-folder.ts';
import { deploymentUrl } from '../../shared/operators/api/api-client.ts';
import { UsageError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** A deployment and an operator token for it. The token is never sent to another URL. */
export interface Profile {
  url: string;
  token: string;
}

type Surroundings = Pick<Terminal, 'env' | 'profileFolder'>;

const defaultName = 'default';

/**
 * The file of a profile.
 * @throws UsageError if the name can't be the name of a file
 */
function pathOf(folder: string, name: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) return join(folder, `${name}.json`);
  throw new UsageError('The name of a profile is 1 to 32 characters: lower-case letters, digits and dashes.');
}

/**
 * Reads a file that only its owner may read. Undefined if there is none.
 * @throws UsageError if others may read it
 */
function readPrivateFile(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new UsageError(`The profile ${path} can't be read (${code}).`);
  }
  try {
    // Windows has no such modes.
    if (process.platform !== 'win32' && (fstatSync(file).mode & 0o077) !== 0) {
      throw new UsageError(`Other users may read ${path}, which has a token. Run: chmod 600 ${path}`);
    }
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

function isProfile(value: unknown): value is Profile {
  const { url, token } = (value ?? {}) as Record<string, unknown>;
  return typeof url === 'string' && typeof token === 'string';
}

function profileIn(text: string): Profile | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isProfile(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The command that makes a profile. */
const loginOf = (name: string): string =>
  name === defaultName ? 'hooklatch login' : `hooklatch login --profile ${name}`;

/**
 * Reads a profile. Undefined if there is none.
 * @throws UsageError if others may read the file, or if it is no profile
 */
export function readProfile(folder: string, name: string = defaultName): Profile | undefined {
  const path = pathOf(folder, name);
  const text = readPrivateFile(path);
  if (text === undefined) return undefined;
  const profile = profileIn(text);
  if (profile) return profile;
  throw new UsageError(`${path} is not a profile. Remove it, and run: ${loginOf(name)}`);
}

/**
 * Writes a profile that only this user can read.
 * @returns its path
 * @throws UsageError if it can't be written
 */
export function writeProfile(folder: string, name: string = defaultName, profile: Profile): string {
  const path = pathOf(folder, name);
  const draft = `${path}.${process.pid}`;
  try {
    claimFolder(folder);
    writeFileSync(draft, `${JSON.stringify(profile, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(draft, path);
    return path;
  } catch (error) {
    rmSync(draft, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = error instanceof NotPrivate ? message : code;
    throw new UsageError(`The profile ${path} can't be written: ${reason}.`);
  }
}

/**
 * Removes the chosen profile: the named one, or that of the environment, or the default one.
 * @throws UsageError if it can't be removed
 */
export function removeProfile({ env, profileFolder }: Surroundings, name: string | undefined) {
  const path = pathOf(profileFolder, name || env['HOOKLATCH_PROFILE'] || defaultName);
  try {
    rmSync(path);
    return { path, wasThere: true };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { path, wasThere: false };
    throw new UsageError(`The profile ${path} can't be removed (${code}).`);
  }
}

/** The variables that name a deployment before the profile of `hooklatch login` with this name does. Empty if there are none. */
export function variablesBefore({ env }: Pick<Surroundings, 'env'>, name: string | undefined): string[] {
  if (name) return [];
  if (env['HOOKLATCH_PROFILE']) return ['HOOKLATCH_PROFILE'];
  return env['HOOKLATCH_URL'] && env['HOOKLATCH_TOKEN'] ? ['HOOKLATCH_URL', 'HOOKLATCH_TOKEN'] : [];
}

/** The deployment that the environment names by URL and token. Undefined if it does not name a token. */
function fromEnvironment({ env }: Surroundings): Profile | undefined {
  const { HOOKLATCH_URL: url, HOOKLATCH_TOKEN: token } = env;
  if (!token) return undefined;
  if (url) return { url, token };
  throw new UsageError(
    'HOOKLATCH_TOKEN is set, but HOOKLATCH_URL is not. Set both, or neither and run: hooklatch login',
  );
}

/** @throws UsageError if the environment names another URL, because the token of a profile goes only to its own */
function refuseOtherUrl({ env }: Surroundings, profile: Profile): void {
  const { HOOKLATCH_URL: url } = env;
  if (!url || deploymentUrl(url) === deploymentUrl(profile.url)) return;
  throw new UsageError(
    `HOOKLATCH_URL is ${deploymentUrl(url)}, but you are logged in at ${profile.url}, and that token is sent nowhere else. Set HOOKLATCH_TOKEN too, or unset HOOKLATCH_URL.`,
  );
}

/**
 * The deployment and the token for a command: the named profile, or else the environment, or else the default profile.
 * @throws UsageError if there is none, or if it is not clear which
 */
export function targetOf(surroundings: Surroundings, name: string | undefined): Profile {
  const chosen = name || surroundings.env['HOOKLATCH_PROFILE'];
  const fromEnv = chosen ? undefined : fromEnvironment(surroundings);
  if (fromEnv) return fromEnv;
  const profile = readProfile(surroundings.profileFolder, chosen || defaultName);
  if (!profile) {
    // A profile that is named comes before the variables.
    const otherwise = chosen ? '' : ' Or set HOOKLATCH_URL and HOOKLATCH_TOKEN.';
    throw new UsageError(`You are not logged in. Run: ${loginOf(chosen || defaultName)}.${otherwise}`);
  }
  if (!chosen) refuseOtherUrl(surroundings, profile);
  return profile;
}
