/** Reads a template of CloudFormation in YAML. */
import { parse } from 'yaml';

/** The short forms of intrinsic functions, which are tags that only CloudFormation knows. */
const texts = ['Ref', 'Sub', 'GetAtt'].map((name) => ({ tag: `!${name}`, resolve: (text: string) => text }));
const lists = ['Equals', 'Not'].map((name) => ({ tag: `!${name}`, collection: 'seq' as const }));

/** The template, with the argument in place of each intrinsic function. Its values are untyped. */
// biome-ignore lint/suspicious/noExplicitAny: a template's properties have no type here.
export const parseCloudFormation = (text: string): any => parse(text, { customTags: [...texts, ...lists] });
