import { Flags } from '@oclif/core';
import { RegisterRuntimeDocument, type RuntimeRegisterInput } from '../../src/client/director.generated.ts';
import { inputFile, labels, named } from '../../src/cli/frame/flags.ts';
import { given, labelsFrom } from '../../src/cli/input/input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { runtimeCard } from '../../src/cli/views/runtime.ts';

export default class RuntimeRegister extends RemoteCommand<typeof RuntimeRegister> {
  static override summary = 'Register a runtime that already exists.';
  static override description = 'To get a new one together with its agent, use `runtime provision`.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --name prod',
    '<%= config.bin %> <%= command.id %> --name prod --label region=eu',
  ];
  static override flags = named({
    name: Flags.string({ char: 'n', summary: 'Name of the runtime.', helpValue: 'NAME' }),
    description: Flags.string({ char: 'd', summary: 'What it is.', helpValue: 'TEXT' }),
    label: labels,
    namespace: Flags.string({ summary: 'Its application namespace.', helpValue: 'NAME' }),
    file: inputFile,
  });

  protected async execute() {
    const { flags } = this;
    const file = await this.fileInput();
    const input = {
      ...file,
      ...given({
        name: flags.name ?? (file.name === undefined ? await this.wanted('name', 'Name of the runtime?') : undefined),
        description: flags.description,
        labels: labelsFrom(flags.label),
        applicationNamespace: flags.namespace,
      }),
    } as RuntimeRegisterInput;
    const { runtime } = await this.director.request(RegisterRuntimeDocument, { in: input });
    return runtimeCard(runtime, `Registered runtime ${runtime.name}.`);
  }
}
