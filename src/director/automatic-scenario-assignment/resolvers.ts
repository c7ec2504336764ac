import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import { notFound } from '../errors.ts';
import type {
  QueryAutomaticScenarioAssignmentForScenarioArgs,
  QueryAutomaticScenarioAssignmentsArgs,
  QueryAutomaticScenarioAssignmentsForSelectorArgs,
} from '../schema/types.generated.ts';
import { tenants } from '../tenant/records.ts';
import { labelSelectorFaults, SELECTOR_KEY } from './input.ts';
import { automaticScenarioAssignments, type AutomaticScenarioAssignmentRecord } from './records.ts';
import { automaticAssignmentsForSelector, listAutomaticAssignments, requireAutomaticAssignment } from './rules.ts';

export const automaticScenarioAssignment: Concept = {
  collections: [automaticScenarioAssignments],
  validators: { LabelSelectorInput: labelSelectorFaults },
  resolvers: {
    Query: {
      automaticScenarioAssignmentForScenario: (_, args: QueryAutomaticScenarioAssignmentForScenarioArgs, { call }) =>
        requireAutomaticAssignment(call, args.scenarioName),
      automaticScenarioAssignmentsForSelector: (_, args: QueryAutomaticScenarioAssignmentsForSelectorArgs, { call }) =>
        automaticAssignmentsForSelector(call, args.selector),
      automaticScenarioAssignments: (_, args: QueryAutomaticScenarioAssignmentsArgs, { call }) => listAutomaticAssignments(call, args),
    },
    AutomaticScenarioAssignment: {
      selector: async (assignment: AutomaticScenarioAssignmentRecord, _, { call }: DirectorContext) => {
        const target = await call.tx.get(tenants, assignment.targetTenant);
        if (!target) throw notFound('tenant');
        return { key: SELECTOR_KEY, value: target.externalID };
      },
    },
  },
};
