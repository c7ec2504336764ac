import { Failure } from '../../src/cli/failure/failure.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { faultLines, matrixOf } from '../../src/cli/formation/matrix.ts';
import { type Progress, progressOf } from '../../src/cli/formation/progress.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table, type Table } from '../../src/cli/output/view.ts';
import { assignmentColumns } from '../../src/cli/views/formation.ts';

/** A square with more columns than this is easier read as a list. */
const WIDEST = 6;

export default class FormationStatus extends RemoteCommand<typeof FormationStatus> {
  static override summary = 'Show who of a formation has been told about whom; exits with 8 while it is not ready.';
  static override description =
    'In a terminal a square: a row for each participant that is told, a column for whom it is told about. Pipes and programs get a row for each assignment.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders', '<%= config.bin %> <%= command.id %> orders --output json'];
  static override args = { formation: needed('Name or id of the formation.') };

  protected async execute() {
    const id = await this.idOf('formation', this.args.formation);
    const progress = await progressOf(this.director, id, this.args.formation);
    const { formation, assignments } = progress;
    const { condition } = formation.status;
    const view = this.#view(progress);
    if (condition === 'READY') return view;
    if (!this.output.machine) await this.output.show(view);
    throw new Failure(
      condition === 'ERROR' ? 'operation_failed' : 'pending',
      [`Formation ${formation.name} is ${condition}.`, ...faultLines(progress)].join('\n'),
      {
        hint: `\`compass formation explain ${formation.name}\` says what it waits for; \`compass formation watch ${formation.name}\` follows it.`,
        details: { ...formation, formationAssignments: { data: assignments, totalCount: assignments.length } },
      },
    );
  }

  #view(progress: Progress): Table {
    const rows = table(progress.assignments, assignmentColumns, 'Nobody is assigned.');
    const { titles, rows: cells } = matrixOf(progress);
    if (this.host.stdout.isTTY !== true || cells.length > WIDEST || cells.length === 0) return rows;
    return { ...rows, titles, cells };
  }
}
