import { collection, type Stored } from '../../registry/contract.ts';
import type { Labels } from '../label/records.ts';
import { labelTokens } from '../label/tokens.ts';

/** Which types of systems and runtimes may be combined. */
export interface FormationTemplateRecord extends Stored {
  /** Internal id of the tenant that it belongs to; none for global ones. */
  readonly tenant?: string;
  readonly name: string;
  readonly applicationTypes: readonly string[];
  readonly runtimeTypes?: readonly string[];
  readonly runtimeTypeDisplayName?: string;
  readonly runtimeArtifactKind?: string;
  readonly leadingProductIDs?: readonly string[];
  readonly discoveryConsumers?: readonly string[];
  readonly supportsReset: boolean;
  readonly labels: Labels;
  /** Ids of the attached constraints, in the order of attaching. */
  readonly constraints: readonly string[];
  readonly createdAt: string;
  readonly updatedAt?: string;
}

export const formationTemplates = collection<FormationTemplateRecord>()('formationTemplates', {
  /** Internal id, or `global`. */
  tenant: { keys: (template) => [template.tenant ?? 'global'] },
  /** `<tenant or global>|<name>`. */
  name: { keys: (template) => [`${template.tenant ?? 'global'}|${template.name}`], unique: true },
  label: { keys: (template) => labelTokens(template.labels) },
  constraint: { keys: (template) => template.constraints },
});
