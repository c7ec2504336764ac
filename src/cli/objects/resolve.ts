/** Objects by name or id, as users name them. */
import type { Client, TypedDocument } from '../../client/client.ts';
import {
  ApplicationNameDocument,
  ApplicationNamesDocument,
  ApplicationTemplateNameDocument,
  ApplicationTemplateNamesDocument,
  FormationNameDocument,
  FormationNamesDocument,
  FormationTemplateNameDocument,
  FormationTemplateNamesDocument,
  IntegrationSystemNameDocument,
  IntegrationSystemNamesDocument,
  RuntimeNameDocument,
  RuntimeNamesDocument,
} from '../../client/director.generated.ts';
import { GraphQLError } from '../../client/errors.ts';
import { Failure } from '../failure/failure.ts';
import { everyRow, type PageOf } from '../connection/paging.ts';
import { nearest } from '../frame/suggest.ts';
import { isUUID } from '../../text/uuid.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

interface Kind {
  readonly title: string;
  /** The command that lists them. */
  readonly list: string;
  readonly byId: TypedDocument<{ found: Named | null }, { id: string }>;
  readonly names: TypedDocument<{ page: PageOf<Named> }, { after?: string | null }>;
}

const KINDS = {
  application: { title: 'application', list: 'app list', byId: ApplicationNameDocument, names: ApplicationNamesDocument },
  applicationTemplate: {
    title: 'application template',
    list: 'app-template list',
    byId: ApplicationTemplateNameDocument,
    names: ApplicationTemplateNamesDocument,
  },
  runtime: { title: 'runtime', list: 'runtime list', byId: RuntimeNameDocument, names: RuntimeNamesDocument },
  formation: { title: 'formation', list: 'formation list', byId: FormationNameDocument, names: FormationNamesDocument },
  formationTemplate: {
    title: 'formation template',
    list: 'formation-template list',
    byId: FormationTemplateNameDocument,
    names: FormationTemplateNamesDocument,
  },
  integrationSystem: {
    title: 'integration system',
    list: 'integration-system list',
    byId: IntegrationSystemNameDocument,
    names: IntegrationSystemNamesDocument,
  },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

/** What commands take for an id, and not for a name. */
export const isId = isUUID;

export const namesNear = (rows: readonly Named[], asked: string): readonly string[] =>
  nearest(
    asked,
    rows.map(({ name }) => name),
  );

/** What is thrown where nothing has that name or id. `list` is the command that shows them all. */
export const notThere = (title: string, asked: string, near: readonly string[], list?: string): Failure =>
  new Failure('not_found', `There is no ${title} ${JSON.stringify(asked)}.`, {
    hint: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : list && `See \`compass ${list}\`.`,
    details: { kind: title, asked, suggestions: near },
  });

export const missing = (kind: KindName, asked: string, near: readonly string[] = []): Failure =>
  notThere(KINDS[kind].title, asked, near, KINDS[kind].list);

/** The one of those that have that name; undefined where there are none. @throws Failure ambiguous_name with the ids */
export function onlyOne(rows: readonly Named[], asked: string): Named | undefined {
  if (rows.length < 2) return rows[0];
  const ids = rows.map(({ id }) => id);
  throw new Failure('ambiguous_name', `${ids.length} objects are called ${JSON.stringify(asked)}: ${ids.join(', ')}`, {
    details: { asked, ids },
  });
}

async function byId(client: Client, kind: KindName, id: string): Promise<Named | null> {
  try {
    return (await client.request<{ found: Named | null }, { id: string }>(KINDS[kind].byId as Kind['byId'], { id })).found;
  } catch (error) {
    if (error instanceof GraphQLError && error.errors[0]?.extensions?.error_code === 20) return null;
    throw error;
  }
}

/** As many names of a kind as can be had by `deadline`, a page at least: what completion offers. */
export async function namesOf(client: Client, kind: KindName, deadline: number): Promise<readonly string[]> {
  const names: string[] = [];
  let after: string | null = null;
  do {
    const { page }: { page: PageOf<Named> } = await client.request(KINDS[kind].names as Kind['names'], { after });
    names.push(...page.data.map(({ name }) => name));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null && Date.now() < deadline);
  return names;
}

/**
 * The object that a user names, by its id or its name.
 * @throws Failure not_found with names that are near, ambiguous_name with the ids
 */
export async function find(client: Client, kind: KindName, asked: string): Promise<Named> {
  if (isId(asked)) {
    const found = await byId(client, kind, asked);
    if (found === null) throw missing(kind, asked);
    return found;
  }
  const all = await everyRow(
    async ({ after }) =>
      (
        await client.request<{ page: PageOf<Named> }, { after?: string | null }>(KINDS[kind].names as Kind['names'], {
          after: after ?? null,
        })
      ).page,
  );
  const found = onlyOne(
    all.filter(({ name }) => name === asked),
    asked,
  );
  if (!found) throw missing(kind, asked, namesNear(all, asked));
  return found;
}

/** Its id alone: an id is taken as it is, as the operation itself tells whether it exists. */
export async function idOf(client: Client, kind: KindName, asked: string): Promise<string> {
  return isId(asked) ? asked : (await find(client, kind, asked)).id;
}
