import type { Command } from 'commander';
import { Differs } from '../command-error.ts';
import { planDocument, planLines, planSummary } from '../output/plan-text.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { type PlanCommandOptions, planned, withPlanOptions } from './plan-options.ts';

async function showPlan(session: Session, options: PlanCommandOptions): Promise<void> {
  const { manifest, plan } = await planned(session, options);
  session.print(planDocument(manifest.name, plan), (isColoured) => [...planLines(plan, isColoured), planSummary(plan)]);
  if (plan.items.length > 0) throw new Differs();
}

/** `plan`: what `apply` would do. */
export function addPlan(program: Command, open: OpenSession): void {
  withPlanOptions(program.command('plan'))
    .description('show what apply would do with a file; the exit code is 7 if there is a difference')
    .addHelpText(
      'after',
      examples('hooklatch plan -f hooklatch.yaml', 'hooklatch plan -f hooklatch.yaml --prune --json'),
    )
    .action((options: PlanCommandOptions, command: Command) => showPlan(open(command), options));
}
