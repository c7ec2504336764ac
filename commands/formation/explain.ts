import { needed } from '../../src/cli/frame/flags.ts';
import { ago, explain, type Finding } from '../../src/cli/formation/explain.ts';
import { progressOf } from '../../src/cli/formation/progress.ts';
import { lastDeliveries, restOf } from '../../src/cli/formation/notifications.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { printable } from '../../src/cli/output/table.ts';
import { text } from '../../src/cli/output/view.ts';

/** For how many assignments the last call is looked up. */
const LOOKED_UP = 50;

export default class FormationExplain extends RemoteCommand<typeof FormationExplain> {
  static override summary = 'Say what a formation waits for: who, since when, why, and what to do.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders', '<%= config.bin %> <%= command.id %> orders --output json'];
  static override args = { formation: needed('Name or id of the formation.') };

  protected async execute() {
    const id = await this.idOf('formation', this.args.formation);
    const progress = await progressOf(this.director, id, this.args.formation);
    const { formation, assignments } = progress;
    const unfinished = assignments.filter(({ state }) => state !== 'READY');
    const last = await lastDeliveries(
      restOf(this.session),
      unfinished.slice(0, LOOKED_UP).map((assignment) => assignment.id),
    );
    const now = new Date();
    const findings = explain(progress, { last, now });
    const { condition } = formation.status;
    const value = {
      id,
      name: formation.name,
      state: formation.state,
      condition,
      ready: assignments.length - unfinished.length,
      assignments: assignments.length,
      findings,
    };
    return text(value, [headline(value), ...findings.map((finding) => paragraph(finding, now))].join('\n\n'));
  }
}

const headline = ({ name, condition, ready, assignments }: { name: string; condition: string; ready: number; assignments: number }) =>
  assignments === 0
    ? `Formation ${name} is ${condition}; nobody takes part in it.`
    : `Formation ${name} is ${condition}: ${ready} of ${assignments} assignments are READY.`;

function paragraph({ source, target, state, since, what, why, todo }: Finding, now: Date): string {
  const head = source === null ? state : `${target} about ${source}: ${state}`;
  return [`${head}${since === null ? '' : ` since ${since} (${ago(since, now)})`}`, `  ${what}`, `  Why: ${why}`, `  Do: ${todo}`]
    .map((line) => line.replace(/^( *)(.*)$/s, (_, indent: string, rest: string) => indent + printable(rest)))
    .join('\n');
}
