import { DeleteCertificateMappingDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class CertMappingDelete extends RemoteCommand<typeof CertMappingDelete> {
  static override summary = 'Delete a certificate subject mapping.';
  static override examples = ['<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e --yes'];
  static override args = { mapping: needed('Id of the mapping.') };
  static override flags = named({ yes });

  protected async execute() {
    await this.agree(`Delete mapping ${this.args.mapping}?`);
    const { mapping } = await this.director.request(DeleteCertificateMappingDocument, { id: this.args.mapping });
    return card(mapping ?? { id: this.args.mapping }, { ID: this.args.mapping, Subject: mapping?.subject }, 'Deleted mapping.');
  }
}
