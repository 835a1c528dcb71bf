/** Gives functions environment variables that only some deployments have. */
import type { Template } from '../../local/cloudformation/template.ts';
import type { Variable } from '../../shared/ground/aws/environment.ts';

/** @param byFunction the file in `functions/`, without its ending → the variables that it gets besides its own */
export const withVariables =
  (byFunction: Record<string, Partial<Record<Variable, string>>>) =>
  (template: Template): Template => {
    const changed = structuredClone(template);
    const functions = Object.values(changed.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    for (const [name, variables] of Object.entries(byFunction)) {
      const found = functions.find(
        ({ Properties }) => Properties?.['Description'] === `Hooklatch functions/${name}.ts`,
      );
      const environment = found?.Properties?.['Environment'] as { Variables: Record<string, string> } | undefined;
      if (!environment) throw new Error(`the template has no function ${name} with variables`);
      Object.assign(environment.Variables, variables);
    }
    return changed;
  };
