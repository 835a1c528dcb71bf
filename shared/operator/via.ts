/** By which program an operator acts, as the program itself says. The history shows it. */

/** The programs that say so. `mcp`: the server for agents. */
export const vias = ['mcp'] as const;
export type Via = (typeof vias)[number];

/** The header of a request that says so. It is a claim: it can give a request fewer rights, and never more. */
export const viaHeader = 'hooklatch-via';

/** The program that a header names. Undefined without the header, and for a program that this version does not know. */
export const viaOf = (header: string | undefined): Via | undefined => vias.find((each) => each === header);
