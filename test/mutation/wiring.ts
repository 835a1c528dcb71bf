/**
 * Leaves the wiring of the functions alone: `lambdaDeps`, which makes the dependencies in Lambda, and the line that exports the
 * handler. A unit test can't reach it, because it needs the real tables, secrets and variables. The tests in `test/e2e` run the
 * bundled functions with the deployed environment and permissions, so they notice a wrong table or a missing variable.
 */
import type { Ignorer, NodePath } from '@stryker-mutator/api/ignore';

/** A node of Babel's syntax tree, as far as it declares something. */
interface DeclarationNode {
  type: string;
  declarations?: { id: { name?: string } }[];
}

const wiringNames = ['lambdaDeps', 'handler'];

/** Whether a node is the declaration of a function's wiring. `parent` is the type of the node around it. */
export const isWiring = ({ type, declarations = [] }: DeclarationNode, parent: string): boolean =>
  type === 'VariableDeclaration' &&
  (parent === 'Program' || parent === 'ExportNamedDeclaration') &&
  declarations.some(({ id }) => wiringNames.includes(id.name ?? ''));

export const wiring: Ignorer = {
  shouldIgnore(path: NodePath) {
    const { node, parent } = path as { node: DeclarationNode; parent?: DeclarationNode };
    return isWiring(node, parent?.type ?? '') ? 'the wiring of a function' : undefined;
  },
};
