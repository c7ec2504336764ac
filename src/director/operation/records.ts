import { collection, type Stored } from '../../registry/contract.ts';

/** Work that discovery components do in the background; global. */
export interface OperationRecord extends Stored {
  readonly operationType: 'ORD_AGGREGATION' | 'SYSTEM_FETCHING';
  readonly status: 'SCHEDULED' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  readonly error?: string;
  readonly errorSeverity: 'INFO' | 'WARNING' | 'ERROR' | 'NONE';
  /** Greater numbers are taken first. */
  readonly priority: number;
  readonly createdAt: string;
  readonly updatedAt?: string;
}

export const operations = collection<OperationRecord>()('operations');
