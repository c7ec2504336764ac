/** What every plane has from its first start: the built-in formation template and the built-in constraints. */
import type { WriteCall } from '../call.ts';
import { BUILT_IN_CONSTRAINTS } from '../formation-constraint/builtin.ts';
import { formationConstraints } from '../formation-constraint/records.ts';
import { formationTemplates } from './records.ts';

/** Used by formations that name no template. */
export const BUILT_IN_TEMPLATE = 'Side-by-Side Extensibility with Kyma';

/** Writes them, unless the built-in template is there already. */
export async function seedFormationTemplates(call: WriteCall): Promise<void> {
  const { tx } = call;
  if ((await tx.find(formationTemplates, 'name', `global|${BUILT_IN_TEMPLATE}`)).length > 0) return;
  await tx.put(formationTemplates, {
    id: call.newId(),
    name: BUILT_IN_TEMPLATE,
    applicationTypes: ['SAP Cloud for Customer', 'SAP Commerce Cloud', 'SAP Field Service Management', 'SAP Marketing Cloud'],
    runtimeTypes: ['kyma'],
    runtimeTypeDisplayName: 'SAP BTP Kyma',
    runtimeArtifactKind: 'ENVIRONMENT_INSTANCE',
    discoveryConsumers: ['kyma'],
    supportsReset: true,
    labels: {},
    constraints: [],
    createdAt: call.now(),
  });
  for (const constraint of BUILT_IN_CONSTRAINTS)
    await tx.put(formationConstraints, { ...constraint, id: call.newId(), createdAt: call.now() });
}
