import { type CertificateSubjectMappingInput, CreateCertificateMappingDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { MAPPING_FLAGS } from '../../src/cli/input/mapping-flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { mappingCard } from '../../src/cli/views/certificate-mapping.ts';

export default class CertMappingCreate extends RemoteCommand<typeof CertMappingCreate> {
  static override summary = 'Say which consumer the certificates of a subject are.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --subject "C=DE, O=ACME, OU=Shops, L=Berlin, CN=broker" --consumer-type "Integration System" --level account',
  ];
  static override flags = named(MAPPING_FLAGS);

  protected async execute() {
    const { flags } = this;
    const input: CertificateSubjectMappingInput = {
      subject: await this.wanted('subject', 'Subject of the certificate?'),
      consumerType: await this.wanted('consumer-type', 'Kind of consumer?'),
      tenantAccessLevels: flags.level ?? [],
      ...given({ internalConsumerID: flags['consumer-id'] }),
    };
    const { mapping } = await this.director.request(CreateCertificateMappingDocument, { in: input });
    if (mapping === null) throw new Failure('failed', 'The Director answered without the mapping.');
    return mappingCard(mapping, 'Created mapping.');
  }
}
