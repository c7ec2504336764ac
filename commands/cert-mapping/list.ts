import { CertificateMappingsDocument } from '../../src/client/director.generated.ts';
import { LIST_FLAGS, named } from '../../src/cli/frame/flags.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { mappingColumns } from '../../src/cli/views/certificate-mapping.ts';

export default class CertMappingList extends RemoteCommand<typeof CertMappingList> {
  static override summary = 'List the certificate subject mappings.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override flags = named(LIST_FLAGS);

  protected async execute() {
    const rows = await everyRow(
      async (bounds) => (await this.director.request(CertificateMappingsDocument, bounds)).page,
      this.flags.limit,
    );
    return table(rows, mappingColumns, 'No certificate subject mappings. `compass cert-mapping create` makes one.');
  }
}
