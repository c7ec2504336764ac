import { CertificateMappingDocument, UpdateCertificateMappingDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { MAPPING_FLAGS } from '../../src/cli/input/mapping-flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { mappingCard } from '../../src/cli/views/certificate-mapping.ts';

export default class CertMappingUpdate extends RemoteCommand<typeof CertMappingUpdate> {
  static override summary = 'Change a certificate subject mapping; what is not named keeps its value.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e --level account --level subaccount',
  ];
  static override args = { mapping: needed('Id of the mapping.') };
  static override flags = named(MAPPING_FLAGS);

  protected async execute() {
    const { flags } = this;
    const id = this.args.mapping;
    const { mapping: present } = await this.director.request(CertificateMappingDocument, { id });
    const input = {
      subject: flags.subject ?? present.subject,
      consumerType: flags['consumer-type'] ?? present.consumerType,
      internalConsumerID: flags['consumer-id'] ?? present.internalConsumerID,
      tenantAccessLevels: flags.level ?? present.tenantAccessLevels,
    };
    const { mapping } = await this.director.request(UpdateCertificateMappingDocument, { id, in: input });
    if (mapping === null) throw new Failure('failed', 'The Director answered without the mapping.');
    return mappingCard(mapping, 'Updated mapping.');
  }
}
