import { Flags } from '@oclif/core';
import { CreateFormationTemplateDocument, type FormationTemplateRegisterInput } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { inputFile, named } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { formationTemplateCard } from '../../src/cli/views/formation-template.ts';

export default class FormationTemplateCreate extends RemoteCommand<typeof FormationTemplateCreate> {
  static override summary = 'Create a formation template.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --name Shops --application-type shop --runtime-type kyma --runtime-type-name Kyma --artifact-kind ENVIRONMENT_INSTANCE',
    '<%= config.bin %> <%= command.id %> --file shops.yaml',
  ];
  static override flags = named({
    name: Flags.string({ char: 'n', summary: 'Name of the template.', helpValue: 'NAME' }),
    'application-type': Flags.string({
      summary: 'Type of application that may join. May be given several times.',
      helpValue: 'TYPE',
      multiple: true,
    }),
    'runtime-type': Flags.string({
      summary: 'Type of runtime that may join. May be given several times.',
      helpValue: 'TYPE',
      multiple: true,
    }),
    'runtime-type-name': Flags.string({ summary: 'How the runtime types are shown.', helpValue: 'NAME' }),
    'artifact-kind': Flags.option({ options: ['SUBSCRIPTION', 'SERVICE_INSTANCE', 'ENVIRONMENT_INSTANCE'] as const })({
      summary: 'What such a runtime is.',
    }),
    'supports-reset': Flags.boolean({ summary: 'Formations may be reset.' }),
    file: inputFile,
  });

  protected async execute() {
    const { flags } = this;
    const file = await this.fileInput();
    const input = {
      ...file,
      ...given({
        name: flags.name ?? (file.name === undefined ? await this.wanted('name', 'Name of the template?') : undefined),
        applicationTypes: flags['application-type'] ?? (file.applicationTypes === undefined ? [] : undefined),
        runtimeTypes: flags['runtime-type'],
        runtimeTypeDisplayName: flags['runtime-type-name'],
        runtimeArtifactKind: flags['artifact-kind'],
        supportsReset: flags['supports-reset'] ? true : undefined,
      }),
    } as FormationTemplateRegisterInput;
    const { template } = await this.director.request(CreateFormationTemplateDocument, { in: input });
    if (template === null) throw new Failure('failed', 'The Director answered without the template.');
    return formationTemplateCard(template, `Created formation template ${template.name}.`);
  }
}
