import { Failure } from '../../src/cli/failure/failure.ts';
import { RegistryCommand } from '../../src/cli/frame/registry-command.ts';

export default class RegistryCheck extends RegistryCommand<typeof RegistryCheck> {
  static override summary = 'Read all of a registry as a start would, and tell what is wrong.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --data-dir ./state --output json',
  ];

  protected async execute() {
    const { checkRegistry, COLLECTIONS, shownPlace } = await import('../../src/local/registry-tools.ts');
    const { findings, inventory } = await checkRegistry(this.existing, { collections: COLLECTIONS, progress: this.progress });
    const faults = findings.filter(({ level }) => level === 'error');
    for (const { level, message } of findings) if (level === 'warning') this.output.warn(message);
    if (faults.length > 0)
      throw new Failure('failed', faults.map(({ message }) => message).join('\n'), {
        hint: faults.every(({ message }) => message.endsWith('holds no registry'))
          ? 'Name its folder with --data-dir, or its database with --registry.'
          : 'Nothing was changed. `compass registry compact` mends index entries of a database, `compass registry restore` takes a backup.',
        details: { registry: shownPlace(this.existing.at), findings },
      });
    return this.inventory(inventory ?? {});
  }
}
