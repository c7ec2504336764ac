import { collection, type Stored } from '../../registry/contract.ts';

/** "The runtimes of this subaccount belong to that formation." */
export interface AutomaticScenarioAssignmentRecord extends Stored {
  /** Internal id of the formation's tenant. */
  readonly tenant: string;
  readonly scenarioName: string;
  /** Internal id of the subaccount. */
  readonly targetTenant: string;
}

export const automaticScenarioAssignments = collection<AutomaticScenarioAssignmentRecord>()('automaticScenarioAssignments', {
  tenant: { keys: (assignment) => [assignment.tenant], order: (assignment) => assignment.scenarioName },
  /** `<tenant>|<scenario name>`. */
  scenario: { keys: (assignment) => [`${assignment.tenant}|${assignment.scenarioName}`], unique: true },
  target: { keys: (assignment) => [assignment.targetTenant] },
});
