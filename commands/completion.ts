import { Args } from '@oclif/core';
import { BaseCommand } from '../src/cli/frame/base-command.ts';
import { SHELLS, type Shell, scriptFor } from '../src/cli/completion/scripts.ts';
import { text } from '../src/cli/output/view.ts';

export default class Completion extends BaseCommand<typeof Completion> {
  static override summary = 'Print a script that completes commands, flags and names in a shell.';
  static override description = [
    'Names of applications, runtimes and formations come from the plane of the current context, if it answers at once.',
    'bash: add `eval "$(compass completion bash)"` to ~/.bashrc; zsh: the same with zsh in ~/.zshrc; fish: `compass completion fish > ~/.config/fish/completions/compass.fish`.',
  ].join('\n');
  static override examples = ['<%= config.bin %> <%= command.id %> bash', '<%= config.bin %> <%= command.id %> fish'];
  static override args = {
    shell: Args.string({ description: 'Shell that the script is for.', required: true, options: [...SHELLS], ignoreStdin: true }),
  };

  protected async execute() {
    const script = scriptFor(this.args.shell as Shell, this.config.bin);
    return text(script, script.trimEnd());
  }
}
