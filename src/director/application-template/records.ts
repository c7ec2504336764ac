import { collection, type Stored } from '../../registry/contract.ts';
import type { Labels } from '../label/records.ts';
import { labelTokens } from '../label/tokens.ts';

export interface Placeholder {
  readonly name: string;
  readonly description?: string;
  readonly jsonPath?: string;
  /** Absent where null was given, which means no. */
  readonly optional?: boolean;
}

/** A pattern for applications; belongs to no tenant. */
export interface ApplicationTemplateRecord extends Stored {
  readonly name: string;
  readonly description?: string;
  readonly applicationNamespace?: string;
  /** The input with its placeholders, as it was given (ApplicationJSONInput), plus the label applicationType. */
  readonly applicationInput: Readonly<Record<string, unknown>>;
  readonly placeholders: readonly Placeholder[];
  readonly labels: Labels;
  readonly accessLevel: 'GLOBAL';
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const applicationTemplates = collection<ApplicationTemplateRecord>()(
  'applicationTemplates',
  {
    name: { keys: (template) => [template.name] },
    label: { keys: (template) => labelTokens(template.labels) },
    all: { keys: () => ['all'] },
  },
  { sealed: ['applicationInput'] },
);
