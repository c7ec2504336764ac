import { CertificateMappingDocument } from '../../src/client/director.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { mappingCard } from '../../src/cli/views/certificate-mapping.ts';

export default class CertMappingGet extends RemoteCommand<typeof CertMappingGet> {
  static override summary = 'Show one certificate subject mapping.';
  static override examples = ['<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e'];
  static override args = { mapping: needed('Id of the mapping.') };

  protected async execute() {
    return mappingCard((await this.director.request(CertificateMappingDocument, { id: this.args.mapping })).mapping);
  }
}
