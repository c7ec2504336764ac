/** Specifications of APIs and events, as users give them. */
import { Flags } from '@oclif/core';
import type { ApiSpecType, EventSpecType, SpecFormat } from '../../client/director.generated.ts';
import { Failure } from '../failure/failure.ts';
import type { Host } from '../frame/host.ts';
import { fileContent, placeOf } from './input.ts';
import { checkSpec, type SpecType } from './spec/check.ts';

export const API_TYPES = ['OPEN_API', 'ODATA'] as const satisfies readonly ApiSpecType[];
export const EVENT_TYPES = ['ASYNC_API'] as const satisfies readonly EventSpecType[];
const FORMATS = ['JSON', 'YAML', 'XML'] as const satisfies readonly SpecFormat[];

/** Flags of those who give a specification; `what` it is called in the help. */
export const specFlags = (what: string) => ({
  spec: Flags.string({ summary: `File with ${what}, checked before it is sent; - is standard input.`, helpValue: 'FILE' }),
  'spec-url': Flags.string({ summary: 'Where the management plane fetches the specification.', helpValue: 'URL', exclusive: ['spec'] }),
  'spec-format': Flags.option({ options: FORMATS })({ summary: 'How it is written; found out from a file.' }),
});

/** Milliseconds for a request that has the management plane fetch a specification: it tries three times, and waits 20 s each time. */
export const FETCH_TIMEOUT = 75_000;

interface GivenSpec<Type extends SpecType> {
  readonly spec?: string | undefined;
  readonly 'spec-url'?: string | undefined;
  /** Found out from a file where it is not given; the first of the types where that does not tell. */
  readonly 'spec-type'?: Type | undefined;
  readonly 'spec-format'?: SpecFormat | undefined;
}

/** What a specification is that does not tell, but is written so. */
const BY_FORMAT: Readonly<Partial<Record<SpecFormat, SpecType>>> = { XML: 'ODATA' };

const COMMANDS: Readonly<Record<SpecType, string>> = {
  OPEN_API: 'compass api add',
  ODATA: 'compass api add',
  ASYNC_API: 'compass event add',
};

/** A specification to be sent, and what it is; none where neither a file nor an address is given. @throws Failure file_unreadable, invalid_data */
export async function specFrom<Type extends SpecType>(
  host: Host,
  given: GivenSpec<Type>,
  types: readonly [Type, ...Type[]],
  note: (text: string) => void,
) {
  const { spec: file, 'spec-url': url, 'spec-type': asked, 'spec-format': written } = given;
  const [usual] = types;
  if (url !== undefined) {
    const type = asked ?? usual;
    const format = written ?? (url.endsWith('.json') ? 'JSON' : type === 'ODATA' ? 'XML' : 'YAML');
    return { type, format, fetchRequest: { url } } as const;
  }
  if (file === undefined) {
    const alone = asked === undefined ? written && '--spec-format' : '--spec-type';
    if (alone !== undefined) throw new Failure('usage', `${alone} needs --spec or --spec-url beside it.`);
    return undefined;
  }
  const data = await fileContent(host, file);
  const place = placeOf(file);
  const { format, type: found, title, unread } = await checkSpec(data, place, written);
  const type = asked ?? (types as readonly SpecType[]).find((one) => one === (found ?? BY_FORMAT[format])) ?? usual;
  if (found !== undefined && found !== type)
    throw new Failure('invalid_data', `${place} is a specification of type ${found} (${title}), not ${type}.`, {
      hint:
        found === 'ASYNC_API' || usual === 'ASYNC_API'
          ? `Use \`${COMMANDS[found]}\` for it.`
          : `Pass --spec-type ${found}, or leave it away.`,
      details: { file: place, type: found, asked: type },
    });
  const silent = unread ? 'is too long to be looked into' : 'does not tell what it is';
  note(title === undefined ? `${place} ${silent}; sent as ${type}.` : `${place}: ${title}, ${format}.`);
  return { type: type as Type, format, data };
}
