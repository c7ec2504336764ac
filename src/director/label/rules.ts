/** What labels show, and which keys and values are taken when one is set by hand (`reference: facts/applications.md 4`). */
import { faultsOf, first, inputError, length, required, type Rule } from '../validation.ts';
import type { Labels, Scenarios } from './records.ts';

/** Key under which the formations of an object are shown; nobody sets it by hand. */
export const SCENARIOS = 'scenarios';

const wellFormed: Rule<string> = (key) => (/^[a-zA-Z0-9_]*$/.test(key) ? undefined : 'must be in a valid format');

/** A zero that stands in the document itself, which the scalar Any gives as -0, counts as no value; one in a variable is a value. */
const isBlank = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  Object.is(value, -0) ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Refuses a key or value of a `set…Label` operation. @throws InvalidData of LabelInput */
export function checkLabelInput(key: string, value: unknown): void {
  const faults = faultsOf({
    key: first(key, required, length(0, 256), wellFormed),
    value: isBlank(value) ? 'cannot be blank' : undefined,
  });
  if (faults) throw inputError('LabelInput', faults);
}

interface Labelled {
  readonly labels: Labels;
  readonly scenarios?: Scenarios;
}

const scenariosShown = ({ scenarios = {} }: Labelled, tenant: string | undefined): readonly string[] | undefined =>
  tenant === undefined ? Object.values(scenarios).findLast((list) => list.length > 0) : scenarios[tenant];

/** The labels of an object as a tenant sees them: with the formations of that tenant, if it is in any. Who calls without a tenant sees those of one that has it in any. */
export function shownLabels(record: Labelled, tenant: string | undefined): Labels {
  const names = scenariosShown(record, tenant);
  return names?.length ? { ...record.labels, [SCENARIOS]: names } : record.labels;
}

/** Labels with the scenarios that were asked for last: records never change, and pages show them again and again. */
const together = new WeakMap<Labelled, { readonly names: readonly string[]; readonly labels: Labels }>();

/** The same, made once for each record: for registries that keep records. */
export function keptLabels(record: Labelled, tenant: string | undefined): Labels {
  const names = scenariosShown(record, tenant);
  if (!names?.length) return record.labels;
  const found = together.get(record);
  if (found?.names === names) return found.labels;
  const labels = shownLabels(record, tenant);
  together.set(record, { names, labels });
  return labels;
}

/** All labels, or the one with that key: an empty object where there is none. */
export function pickLabel(labels: Labels, key?: string | null): Labels {
  if (key === undefined || key === null) return labels;
  return Object.hasOwn(labels, key) ? { [key]: labels[key] } : {};
}

/** Labels with one more, or with another value for the key. */
export const withLabel = (labels: Labels, key: string, value: unknown): Labels => ({ ...labels, [key]: value });

/** Labels without that key. */
export function withoutLabel(labels: Labels, key: string): Labels {
  const { [key]: _, ...rest } = labels;
  return rest;
}
