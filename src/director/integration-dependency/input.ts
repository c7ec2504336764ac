/** What an integration dependency must be like (`reference: facts/bundles.md 8`). */
import type {
  AspectApiDefinitionInput,
  AspectEventDefinitionInput,
  AspectEventDefinitionSubsetInput,
  AspectInput,
  IntegrationDependencyInput,
} from '../schema/types.generated.ts';
import { versionFault } from '../spec/input.ts';
import { byteLength, format, notEmpty, printableAscii } from '../texts/text-rules.ts';
import { each, faultsOf, first, length, oneOf, required, type Rule } from '../validation.ts';

const VERSION = String.raw`v(?:0|[1-9]\d*)`;
const ordID = (namespace: string, kind: string) => new RegExp(`^${namespace}:${kind}:[a-zA-Z0-9._-]+:${VERSION}$`);

const OWN_NAMESPACE = String.raw`(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*)?`;
const OTHERS_NAMESPACE = String.raw`[a-z0-9]+(?:\.[a-z0-9]+)*`;
const DEPENDENCY_ID = ordID(OWN_NAMESPACE, 'integrationDependency');
const API_ID = ordID(OTHERS_NAMESPACE, 'apiResource');
const EVENT_ID = ordID(OTHERS_NAMESPACE, 'eventResource');
const EVENT_TYPE = new RegExp(String.raw`^[a-zA-Z0-9]+(?:\.[a-zA-Z0-9]+){2,}\.${VERSION}$`);

const describedFaults = (input: AspectInput | IntegrationDependencyInput) => ({
  name: first(input.name, required, printableAscii, length(1, 255)),
  description: first(input.description, notEmpty, byteLength(1, 2000)),
});

const apiResourceFault: Rule<AspectApiDefinitionInput> = ({ ordId }) =>
  faultsOf({ ordId: first(ordId, required, byteLength(1, 255), format(API_ID)) });

const subsetFault: Rule<AspectEventDefinitionSubsetInput | null | undefined> = (subset) =>
  subset ? faultsOf({ eventType: first(subset.eventType, required, format(EVENT_TYPE)) }) : required(subset);

const eventResourceFault: Rule<AspectEventDefinitionInput> = ({ ordId, subset }) =>
  faultsOf({ ordId: first(ordId, required, byteLength(1, 255), format(EVENT_ID)), subset: first(subset, each(subsetFault)) });

const aspectFault: Rule<AspectInput> = (aspect) =>
  faultsOf({
    ...describedFaults(aspect),
    apiResources: first(aspect.apiResources, each(apiResourceFault)),
    eventResources: first(aspect.eventResources, each(eventResourceFault)),
  });

export const dependencyFaults = (input: IntegrationDependencyInput) =>
  faultsOf({
    ...describedFaults(input),
    ordID: first(input.ordID, required, byteLength(1, 255), format(DEPENDENCY_ID)),
    partOfPackage: first(input.partOfPackage, notEmpty),
    visibility: first(input.visibility, notEmpty, oneOf('public', 'internal', 'private')),
    releaseStatus: first(input.releaseStatus, notEmpty, oneOf('beta', 'active', 'deprecated')),
    aspects: first(input.aspects, each(aspectFault)),
    version: first(input.version, versionFault),
  });
