/** The JSON Schema of a label, as users give it. */
import type { Host } from '../frame/host.ts';
import { literalOrFile, structured } from './input.ts';

/** The wire's JSON text; undefined where none is given. `@FILE` reads it, JSON or YAML. @throws Failure usage, file_unreadable */
export async function schemaText(host: Host, given: string | undefined): Promise<string | undefined> {
  return given === undefined ? undefined : JSON.stringify(await structured(await literalOrFile(host, given), '--schema'));
}
