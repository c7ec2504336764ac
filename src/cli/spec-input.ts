/** Specifications of APIs and events, as users give them. */
import type { ApiSpecType, EventSpecType, SpecFormat } from '../client/director.generated.ts';
import type { Host } from './host.ts';
import { fileContent } from './input.ts';

export const API_TYPES = ['OPEN_API', 'ODATA'] as const satisfies readonly ApiSpecType[];
export const FORMATS = ['JSON', 'YAML', 'XML'] as const satisfies readonly SpecFormat[];

interface SpecFlags<Type> {
  readonly file?: string | undefined;
  readonly url?: string | undefined;
  readonly type: Type;
  readonly format?: SpecFormat | undefined;
}

/** How a text is written, by its first character. */
function formatOf(text: string): SpecFormat {
  const [first] = text.trimStart();
  if (first === '<') return 'XML';
  return first === '{' || first === '[' ? 'JSON' : 'YAML';
}

/** None where neither a file nor an address is given. @throws Failure file_unreadable */
export async function specFrom<Type extends ApiSpecType | EventSpecType>(host: Host, flags: SpecFlags<Type>) {
  const { file, url, type } = flags;
  if (url !== undefined)
    return {
      type,
      format: flags.format ?? (url.endsWith('.json') ? 'JSON' : type === 'ODATA' ? 'XML' : 'YAML'),
      fetchRequest: { url },
    } as const;
  if (file === undefined) return undefined;
  const data = await fileContent(host, file);
  return { type, format: flags.format ?? formatOf(data), data };
}
