import { Flags } from '@oclif/core';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { notProvisioned, RuntimeCommand } from '../../src/cli/runtime/command.ts';
import { text } from '../../src/cli/output/view.ts';

const SOURCES = ['all', 'operations', 'agent'] as const;

export default class RuntimeLogs extends RuntimeCommand<typeof RuntimeLogs> {
  static override summary = 'Show what happened to a provisioned runtime: in its operations, and what its agent wrote.';
  static override description = 'Other Compass installations do not keep this.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> prod',
    '<%= config.bin %> <%= command.id %> prod --source agent',
    '<%= config.bin %> <%= command.id %> prod --output json',
  ];
  static override args = { runtime: needed('Name or id of the runtime.') };
  static override flags = named({ source: Flags.option({ options: SOURCES })({ summary: 'Of what.', default: 'all' }) });

  protected async execute() {
    const { source } = this.flags;
    const id = await this.idOf('runtime', this.args.runtime);
    const [operations, lines] = await Promise.all([this.details.operations(id), this.details.log(id)]);
    if (operations === undefined || lines === undefined) throw notProvisioned(this.args.runtime);
    const value = {
      operations:
        source === 'agent'
          ? []
          : operations.map(({ id: operation, operation: kind, state, events }) => ({ operation, kind, state, events })),
      agent: source === 'operations' ? [] : lines,
    };
    const said = value.operations.flatMap(({ operation, kind, events }) => [
      `${kind} ${operation}`,
      ...events.map(({ at, stage, message, error }) => `  ${at} ${error ? 'error ' : ''}${stage}: ${message}`),
    ]);
    return text(value, [...said, ...(value.agent.length > 0 ? ['agent', ...value.agent.map((line) => `  ${line}`)] : [])].join('\n'));
  }
}
