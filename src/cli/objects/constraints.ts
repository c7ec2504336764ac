/** Constraints by name or id. */
import type { Client } from '../../client/client.ts';
import { ConstraintsDocument } from '../../client/director.generated.ts';
import { oneOf } from './parts.ts';
import { isId } from './resolve.ts';

/** @throws Failure not_found, ambiguous_name */
export async function constraintId(director: Client, asked: string): Promise<string> {
  return isId(asked) ? asked : oneOf('constraint', (await director.request(ConstraintsDocument)).constraints, asked).id;
}
