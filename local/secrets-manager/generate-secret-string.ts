import { randomInt } from 'node:crypto';
import { z } from 'zod';

/**
 * GenerateSecretString of AWS::SecretsManager::Secret, with CloudFormation's defaults. An unknown property is refused.
 */
export const generateSchema = z.strictObject({
  PasswordLength: z.number().int().min(1).max(4096).default(32),
  ExcludeCharacters: z.string().default(''),
  ExcludeLowercase: z.boolean().default(false),
  ExcludeUppercase: z.boolean().default(false),
  ExcludeNumbers: z.boolean().default(false),
  ExcludePunctuation: z.boolean().default(false),
  IncludeSpace: z.boolean().default(false),
  RequireEachIncludedType: z.boolean().default(true),
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
});

type Generate = z.infer<typeof generateSchema>;

/**
 * Generates a value as Secrets Manager does: a password, or the template's JSON object with the password under its key.
 * Throws an Error if the settings leave no characters to choose from.
 */
export function generateSecretString(settings: Generate): string {
  const { SecretStringTemplate, GenerateStringKey } = settings;
  if ((SecretStringTemplate === undefined) !== (GenerateStringKey === undefined)) {
    throw new Error('SecretStringTemplate and GenerateStringKey must be given together.');
  }
  const password = generatePassword(settings);
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: password });
}

function generatePassword(settings: Generate): string {
  const types = characterTypes(settings);
  const required = settings.RequireEachIncludedType ? types : [];
  if (types.length === 0 || required.length > settings.PasswordLength) {
    throw new Error('GenerateSecretString leaves too few characters to choose from, or is too short for all types.');
  }
  const rest = Array.from({ length: settings.PasswordLength - required.length }, () => types.join(''));
  return shuffled([...required, ...rest].map(pick)).join('');
}

function characterTypes(settings: Generate): string[] {
  const types = [
    settings.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    settings.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    settings.ExcludeNumbers ? '' : '0123456789',
    settings.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    settings.IncludeSpace ? ' ' : '',
  ];
  const isKept = (character: string): boolean => !settings.ExcludeCharacters.includes(character);
  return types.map((type) => [...type].filter(isKept).join('')).filter((type) => type !== '');
}

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

/** Fisher–Yates shuffle: every order is equally likely. */
function shuffled(characters: string[]): string[] {
  const rest = [...characters];
  return characters.flatMap(() => rest.splice(randomInt(rest.length), 1));
}
