import { Flags } from '@oclif/core';
import { named, yes } from '../../src/cli/frame/flags.ts';
import { RegistryCommand } from '../../src/cli/frame/registry-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class KeysRotate extends RegistryCommand<typeof KeysRotate> {
  static override summary = 'Let another key sign the tokens of a plane that is not running.';
  static override description = [
    'Running planes do this by themselves every 30 days. Tokens that the former keys signed hold until they run out, unless these are withdrawn.',
    'With --withdraw every token of the plane ends: clients get new ones with their secrets, `serve` writes a new one for the administrator.',
  ].join('\n');
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --withdraw --yes'];
  static override flags = named({
    withdraw: Flags.boolean({ summary: 'Trust the former keys no more: all tokens that they signed are worthless.' }),
    yes,
  });

  protected async execute() {
    const { withdraw } = this.flags;
    if (withdraw) await this.agree('End every token that this plane has signed?');
    const { COLLECTIONS, rotateSigningKeys, withRegistry } = await import('../../src/local/registry-tools.ts');
    const keys = await withRegistry(this.existing, { collections: COLLECTIONS }, (registry) => rotateSigningKeys(registry, { withdraw }));
    const [current] = keys;
    return card(
      { key: current.kid, trusted: keys.map(({ kid }) => kid) },
      { Key: current.kid, Trusted: keys.length },
      withdraw ? 'Another key signs, and it alone is trusted.' : 'Another key signs.',
    );
  }
}
