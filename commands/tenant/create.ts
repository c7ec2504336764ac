import { randomUUID } from 'node:crypto';
import { Flags } from '@oclif/core';
import { type BusinessTenantMappingInput, TenantDocument, WriteTenantDocument } from '../../src/client/director.generated.ts';
import { inputFile, named } from '../../src/cli/frame/flags.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { given } from '../../src/cli/input/input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { tenantCard } from '../../src/cli/views/tenant.ts';

const TYPES = ['account', 'subaccount', 'customer', 'folder', 'organization', 'resource-group', 'cost-object'] as const;

export default class TenantCreate extends RemoteCommand<typeof TenantCreate> {
  static override summary = 'Create a tenant, or change the one with that id.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --name acme',
    '<%= config.bin %> <%= command.id %> --name acme-dev --type subaccount --parent 3e64ebae-38b5-46a0-b1ed-9ccee153a0ae --region eu-1',
  ];
  static override flags = named({
    name: Flags.string({ char: 'n', summary: 'Name of the tenant.', helpValue: 'NAME' }),
    id: Flags.string({ summary: 'External id; a new one unless given.', helpValue: 'ID' }),
    type: Flags.option({ options: TYPES })({ summary: 'What it is.', default: 'account' }),
    parent: Flags.string({ summary: 'External id of a tenant above it. May be given several times.', helpValue: 'ID', multiple: true }),
    'provider-name': Flags.string({ summary: 'Who manages it.', helpValue: 'NAME', default: 'compass' }),
    region: Flags.string({ summary: 'Its region.', helpValue: 'REGION' }),
    subdomain: Flags.string({ summary: 'Its subdomain.', helpValue: 'NAME' }),
    file: inputFile,
  });

  protected async execute() {
    const { flags } = this;
    const file = await this.fileInput();
    const input = {
      type: flags.type,
      provider: flags['provider-name'],
      ...file,
      ...given({
        name: flags.name ?? (file.name === undefined ? await this.wanted('name', 'Name of the tenant?') : undefined),
        externalTenant: flags.id ?? file.externalTenant ?? randomUUID(),
        parents: flags.parent,
        region: flags.region,
        subdomain: flags.subdomain,
      }),
    } as BusinessTenantMappingInput;
    await this.director.request(WriteTenantDocument, { in: input });
    const { tenant } = await this.director.request(TenantDocument, { id: input.externalTenant });
    if (tenant === null) throw new Failure('tenant_not_found', `Tenant ${input.externalTenant} was written, but can't be read.`);
    return tenantCard(tenant, `Wrote tenant ${input.name}.`);
  }
}
